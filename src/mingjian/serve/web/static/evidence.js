// A page's text beside its facts, each lighting up the other: by pointer, by keys, by touch, and by the address (#s=12,30).
// Marks: [data-text] the text, [data-fact=key][data-spans="12-20 31-35"] a fact, [data-keys="key key"] cited words,
// button[data-group] shows or hides the underlines of a group.
import { paint } from "./paint.js";
import { layerOf } from "./textlayer.js";

const facts = new Map(); // key -> { row, spans }
let root = null, lit = null, turn = 0, lastKeys = "", near = "";

function spansOf(row) {
  return (row.dataset.spans ?? "").trim().split(/\s+/).filter(Boolean).map((pair) => pair.split("-").map(Number));
}

function read() {
  root = document.querySelector("[data-text]");
  lit = null;
  facts.clear();
  for (const row of document.querySelectorAll("[data-fact]")) facts.set(row.dataset.fact, { row, spans: spansOf(row) });
}

function breadth(key) {
  const [first] = facts.get(key)?.spans ?? [];
  return first ? first[1] - first[0] : Infinity;
}

function clear() {
  for (const { row } of facts.values()) row.classList.remove("lit");
  lit = null;
  if (root) paint(root, "evidence", []);
}

/** Brings a span into the part of the text that can be seen. */
export function show(start, end) {
  const range = layerOf(root).range(start, end);
  if (!range) return;
  const box = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const scroller = root.closest(".inside") ?? document.scrollingElement;
  const frame = scroller === document.scrollingElement ? { top: 0, height: innerHeight } : scroller.getBoundingClientRect();
  if (scroller !== document.scrollingElement && (frame.top < 0 || frame.top + frame.height > innerHeight)) scroller.scrollIntoView({ block: "nearest" });
  const top = box.top - scroller.getBoundingClientRect().top + (scroller === document.scrollingElement ? 0 : scroller.scrollTop);
  if (box.top < frame.top + 40 || box.bottom > frame.top + frame.height - 40) scroller.scrollTop = top - frame.height / 3;
}

/** Lights a fact and its words; with `scroll` both are brought into view. */
export function light(key, { scroll = true, at = null } = {}) {
  const fact = facts.get(key);
  if (!fact || !root) return;
  clear();
  fact.row.classList.add("lit");
  paint(root, "evidence", fact.spans);
  lit = { key, span: at ?? fact.spans[0] ?? null };
  if (scroll && lit.span) show(...lit.span);
}

function lightWords(keys, piece) {
  const found = keys.split(" ").filter((key) => facts.has(key)).sort((a, b) => breadth(a) - breadth(b));
  if (!found.length) return;
  turn = keys === lastKeys ? (turn + 1) % found.length : 0;
  lastKeys = keys;
  const key = found[turn];
  const at = Number(piece.dataset.at);
  light(key, { scroll: false, at: facts.get(key).spans.find(([start, end]) => start <= at && at < end) });
  const { row } = facts.get(key);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

/** The next or previous cited span in the order of the text. */
export function step(by) {
  const all = [...facts].flatMap(([key, { spans }]) => spans.map((span) => ({ key, span })));
  all.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || (a.key < b.key ? -1 : 1));
  if (!all.length) return;
  const now = lit ? all.findIndex(({ key, span }) => key === lit.key && span[0] === lit.span?.[0] && span[1] === lit.span?.[1]) : -1;
  const next = all[(now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by + all.length) % all.length];
  light(next.key, { at: next.span });
  facts.get(next.key).row.scrollIntoView({ block: "nearest" });
}

/** The spans that an address names: #s=12,30 or #s=12,30;40,45. */
export function spansOfAddress(hash) {
  const found = /^#s=([0-9,;]+)$/.exec(hash);
  const pairs = found ? found[1].split(";").map((pair) => pair.split(",").map(Number)) : [];
  return pairs.filter((pair) => pair.length === 2 && pair[0] < pair[1]);
}

function follow() {
  const spans = spansOfAddress(location.hash);
  if (!spans.length || !root) return;
  const [[start, end]] = spans;
  const named = [...facts].find(([, fact]) => fact.spans.some(([from, to]) => from === start && to === end));
  if (named) { light(named[0], { scroll: false }); named[1].row.scrollIntoView({ block: "center" }); } else clear();
  paint(root, "evidence", spans);
  show(start, end);
}

function listen() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, select, textarea, summary, label")) return;
    const row = event.target.closest("[data-fact]");
    if (row) return light(row.dataset.fact);
    const piece = event.target.closest("[data-keys]");
    if (piece && root?.contains(piece) && String(getSelection()) === "") lightWords(piece.dataset.keys, piece);
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const keys = event.target.closest("[data-fact]")?.dataset.fact ?? event.target.closest("[data-keys]")?.dataset.keys ?? "";
    if (keys === near || !root) return;
    near = keys;
    const spans = keys.split(" ").flatMap((key) => facts.get(key)?.spans ?? []);
    paint(root, "evidence-near", spans);
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-fact]");
    if (row === event.target && row.dataset.fact !== lit?.key) light(row.dataset.fact);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
  document.addEventListener("mingjian:evidence", (event) => step(event.detail));
  document.addEventListener("htmx:after:swap", () => {
    const before = root;
    read();
    if (root !== before) follow();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-group]");
    if (!button) return;
    const hidden = document.body.classList.toggle(`hide-${button.dataset.group}`);
    button.setAttribute("aria-pressed", String(!hidden));
  });
  addEventListener("hashchange", follow);
}

read();
listen();
follow();
