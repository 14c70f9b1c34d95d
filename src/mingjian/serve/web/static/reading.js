// A page beside its facts: the article stands at the top, not the menus before it; and what lights up can be seen.
const HIDDEN = "hide-dropped";

function beginOf(text) {
  for (const node of text.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && node.classList.contains("dropped")) continue;
    if (node.textContent.trim()) return node;
  }
  return null;
}

function startAtArticle() {
  const text = document.querySelector("[data-text]");
  const inside = text?.closest(".inside");
  const begin = text && beginOf(text);
  if (!inside || !begin || location.hash) return;
  const range = document.createRange();
  range.selectNodeContents(begin);
  const below = range.getBoundingClientRect().top - inside.getBoundingClientRect().top;
  if (below > inside.clientHeight * 0.6) inside.scrollTop = below - inside.clientHeight * 0.25;
}

function reveal() {
  if (!document.body.classList.contains(HIDDEN) || !CSS.highlights) return;
  const [first] = CSS.highlights.get("evidence") ?? [];
  if (first && !first.getClientRects().length) document.querySelector("button[data-group=dropped]")?.click();
}

startAtArticle();
document.addEventListener("focusin", () => requestAnimationFrame(reveal));
addEventListener("hashchange", () => requestAnimationFrame(reveal));
