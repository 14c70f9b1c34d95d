// Lighting up spans of a text: CSS custom highlights where the browser has them, else elements around the words.
import { forget, layerOf } from "./textlayer.js";

const registry = globalThis.CSS?.highlights;
const CLASS = { evidence: "lit", "evidence-near": "near", chosen: "chosen" };

/** Lights these spans ([start, end] in code points) under a name (evidence, evidence-near, chosen) and no others. */
export function paint(root, name, spans) {
  if (registry) {
    const layer = layerOf(root);
    const ranges = spans.map(([start, end]) => layer.range(start, end)).filter(Boolean);
    if (ranges.length) registry.set(name, new Highlight(...ranges)); else registry.delete(name);
    return;
  }
  unwrap(root, name);
  for (const [start, end] of spans) wrap(root, name, start, end);
}

function unwrap(root, name) {
  const marks = root.querySelectorAll(`mark[data-paint="${name}"]`);
  for (const mark of marks) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  if (marks.length) forget(root);
}

function wrap(root, name, start, end) {
  const range = layerOf(root).range(start, end);
  if (!range) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (from < to) pieces.push([node, from, to]);
  }
  for (const [node, from, to] of pieces) {
    const piece = document.createRange();
    piece.setStart(node, from);
    piece.setEnd(node, to);
    const mark = document.createElement("mark");
    mark.dataset.paint = name;
    mark.className = CLASS[name];
    piece.surroundContents(mark);
  }
  forget(root);
}
