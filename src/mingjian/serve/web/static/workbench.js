// What every page has: keys, cards of evidence, menus that close, and word of what a request failed at.
import { listen as cites } from "./cites.js";
import { listen as keys } from "./keys.js";

function menus() {
  const close = (but) => { for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== but) menu.open = false; };
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(null); });
}

/** Tells something in the line that screen readers watch; tones are good, info, warn and bad. */
export function tell(text, tone = "info") {
  const place = document.getElementById("flash");
  const box = document.createElement("p");
  box.className = `flash ${tone}`;
  box.textContent = text;
  place.replaceChildren(box);
}

function failures() {
  const words = document.getElementById("words-for-scripts").dataset;
  document.addEventListener("htmx:before:response", (event) => {
    const status = event.detail.ctx.response.raw.status;
    if (status < 400) return;
    event.preventDefault(); // an error never takes the place of what stands there
    tell(status === 401 || status === 403 ? words.denied : words.refused.replace("{status}", status), "bad");
  });
  document.addEventListener("htmx:error", () => tell(words.failed, "bad"));
}

function narrow() {
  if (matchMedia("(max-width: 1180px)").matches) for (const each of document.querySelectorAll("details.facets")) each.open = false;
}

keys();
cites();
menus();
failures();
narrow();
