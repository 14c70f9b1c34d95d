// Keys: / search, ? help, j k rows, Enter opens, [ ] evidence, p n pages, g and a letter to a place. Never while someone writes.

const WRITING = "input, textarea, select, [contenteditable]";
const PATIENCE = 1500; // ms between g and the letter
let waiting = 0;

function rows() { return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null); }

function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.indexOf(document.activeElement.closest?.("[data-row]") ?? document.querySelector("[data-row].here"));
  const row = all[Math.min(all.length - 1, Math.max(0, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
  for (const each of all) each.classList.toggle("here", each === row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** From a field back to the row that it stands in, whose keys go on; what was opened for it is closed. */
function leave(field) {
  field.blur();
  const row = field.closest("[data-row]");
  field.closest("details.rejects")?.removeAttribute("open");
  row?.focus({ preventScroll: true });
}

function open() {
  const row = document.activeElement;
  if (!row?.matches("[data-row]")) return false;
  const link = row.querySelector("a[data-open], a[href]");
  link?.click();
  return Boolean(link);
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog.open) dialog.close(); else dialog.showModal();
}

function jump(key) { return document.querySelector(`a[data-jump="${CSS.escape(key)}"]`); }

const DOES = {
  "/": () => { const field = document.querySelector("[data-search]"); field?.focus(); field?.select(); return Boolean(field); },
  "?": () => { help(); return true; },
  j: () => { move(1); return true; },
  k: () => { move(-1); return true; },
  Enter: open,
  "[": () => document.dispatchEvent(new CustomEvent("mingjian:evidence", { detail: -1 })),
  "]": () => document.dispatchEvent(new CustomEvent("mingjian:evidence", { detail: 1 })),
  p: () => { document.querySelector("a[rel=prev]")?.click(); return true; },
  n: () => { document.querySelector("a[rel=next]")?.click(); return true; },
  g: () => { waiting = Date.now(); return true; },
};

export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.(WRITING)) {
      if (event.key === "Escape") leave(event.target);
      return;
    }
    const place = waiting && Date.now() - waiting < PATIENCE ? jump(event.key) : null;
    waiting = 0;
    if (place) { event.preventDefault(); place.click(); return; }
    // a focused link or button keeps its own Enter
    if (event.key === "Enter" && event.target.closest?.("a, button, summary")) return;
    if (DOES[event.key]?.()) event.preventDefault();
  });
  const button = document.querySelector("[data-keys-help]");
  if (button) { button.hidden = false; button.addEventListener("click", help); }
}
