// What a person selects in a page's text, in code points of that text.
// A form with data-takes-selection gets it in its fields named start, end and words; [data-selection-shown] shows it.
import { paint } from "./paint.js";
import { layerOf } from "./textlayer.js";

/** The span that is selected in the text: { start, end, words } without blanks at its ends; null where none is. */
export function selectedSpan(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const span = layerOf(root).span(range);
  return span && trimmed(span);
}

function trimmed({ start, end, words }) {
  const kept = words.trim();
  if (!kept) return null;
  const before = [...words.slice(0, words.indexOf(kept))].length;
  const from = start + before;
  return { start: from, end: from + [...kept].length, words: kept };
}

/** Calls `tell` with each new selection within the text of the page and that text. */
export function watch(tell) {
  let later = 0, last = "";
  const look = () => {
    const root = document.querySelector("[data-text]");
    const span = root && selectedSpan(root);
    if (!span || `${span.start},${span.end}` === last) return;
    last = `${span.start},${span.end}`;
    tell(span, root);
  };
  document.addEventListener("selectionchange", () => { clearTimeout(later); later = setTimeout(look, 60); });
}

function fill(span) {
  for (const form of document.querySelectorAll("form[data-takes-selection]"))
    for (const name of ["start", "end", "words"]) {
      const field = form.elements.namedItem(name);
      if (field) field.value = span[name];
    }
  const said = document.getElementById("words-for-scripts").dataset.chosen;
  for (const place of document.querySelectorAll("[data-selection-shown]"))
    place.textContent = said.replace("{words}", span.words).replace("{start}", span.start).replace("{end}", span.end);
}

watch((span, root) => {
  paint(root, "chosen", [[span.start, span.end]]); // so that it is seen when the focus moves into a form
  fill(span);
  root.dispatchEvent(new CustomEvent("mingjian:selected", { bubbles: true, detail: span }));
});
