// The desk: keys for what is done most (a accept, c correct, x reject, u undo, j k), and what words read as while they are selected.
// [data-key=x] is what a key presses: a link or button is clicked, details are opened, a field gets the focus.
// Where a reason for rejecting is asked for, a number gives the one offered under it, unless something was typed.

import { light } from "./evidence.js";

const WRITING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const PATIENCE = 1500; // ms between g and the letter of a place, which is not for the desk then
const WAIT = 150; // ms after a selection before what it reads as is asked for
let asking = 0, last = 0, jumping = 0;

function target(key) {
  const row = document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row].here");
  const name = `[data-key="${CSS.escape(key)}"]`;
  return row?.querySelector(name) ?? [...document.querySelectorAll(name)].find((each) => !each.closest("[data-row]")) ?? null;
}

function press(element) {
  if (element.matches("details")) {
    element.open = true;
    (element.querySelector("[data-focus]") ?? element.querySelector("input:not([type=hidden]), textarea, select"))?.focus();
  } else if (element.matches("a, button")) element.click();
  else element.focus();
}

/** The reason that a number offers where somebody rejects and has typed nothing yet. */
function offered(event) {
  const rejects = event.target.closest?.("details.rejects[open]");
  if (!rejects || event.target.closest("input")?.value) return null;
  return rejects.querySelector(`[data-offered="${CSS.escape(event.key)}"]`);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const reason = offered(event);
  if (!reason) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  reason.click();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.closest?.(WRITING)) return;
  if (document.querySelector("dialog[open]")) return;
  const jumps = Date.now() - jumping < PATIENCE;
  jumping = event.key === "g" ? Date.now() : 0;
  const element = jumps ? null : target(event.key);
  if (!element) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  press(element);
}, true);

/** Asks what the form as it stands would make of the fact, and shows it. */
async function preview(form) {
  const mine = ++asking;
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "preview");
  try {
    const answered = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answered.text(), "text/html");
    const told = page.getElementById("preview");
    if (mine === asking && told) document.getElementById("preview").replaceWith(document.adoptNode(told));
  } catch { /* the button that says so still asks */ }
}

function later(form) {
  clearTimeout(last);
  last = setTimeout(() => preview(form), WAIT);
}

document.addEventListener("mingjian:selected", () => {
  const form = document.querySelector("form[data-previews]");
  if (!form) return;
  const details = form.closest("details");
  if (details && !details.open) details.open = true;
  if (new FormData(form).get("part")) later(form);
});
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-previews]");
  if (form && event.target.name !== "why") later(form);
});

// After a list is put anew the keys go on where they were.
let place = -1;
document.addEventListener("htmx:before:request", () => {
  const rows = [...document.querySelectorAll("[data-row]")];
  place = rows.indexOf(document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row].here"));
});
document.addEventListener("htmx:after:swap", () => {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (place >= 0 && rows.length) rows[Math.min(place, rows.length - 1)].focus({ preventScroll: true });
});

// Without words in the address the fact's own are lit.
if (!location.hash.startsWith("#s=")) light("fact");
