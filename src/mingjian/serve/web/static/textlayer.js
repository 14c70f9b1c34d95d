// The text of an element as the server knows it: spans in code points to ranges of the document and back.
import { Offsets } from "./offsets.js";

export class TextLayer {
  #nodes = [];
  #starts = []; // where each text node begins, in UTF-16 units
  #index = new Map();

  constructor(root) {
    this.root = root;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let at = 0, text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.#index.set(node, this.#nodes.length);
      this.#nodes.push(node);
      this.#starts.push(at);
      at += node.data.length;
      text += node.data;
    }
    this.text = text;
    this.offsets = new Offsets(text);
  }

  get length() { return this.offsets.points; }

  /** The words of a span. */
  words(start, end) { return this.text.slice(this.offsets.toUnits(start), this.offsets.toUnits(end)); }

  /** The range of a span, null where it holds no character. */
  range(start, end) {
    const [from, to] = [this.offsets.toUnits(start), this.offsets.toUnits(end)];
    if (from >= to) return null;
    const range = document.createRange();
    const first = this.#nodeAt(from), last = this.#nodeAt(to - 1);
    range.setStart(this.#nodes[first], from - this.#starts[first]);
    range.setEnd(this.#nodes[last], to - this.#starts[last]);
    return range;
  }

  /** The span of a range as far as it lies in the text, null where no character of it does. */
  span(range) {
    const start = this.offsets.toPoints(this.#unitOf(range.startContainer, range.startOffset));
    const end = this.offsets.toPoints(this.#unitOf(range.endContainer, range.endOffset), true);
    return start < end ? { start, end, words: this.words(start, end) } : null;
  }

  #nodeAt(unit) {
    let low = 0, high = this.#nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= unit) low = middle; else high = middle - 1;
    }
    return low;
  }

  #unitOf(container, offset) {
    const known = this.#index.get(container);
    if (known !== undefined) return this.#starts[known] + offset;
    const point = document.createRange(); // a boundary between elements: that of the first text behind it
    point.setStart(container, offset);
    let low = 0, high = this.#nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.#nodes[middle], 0) < 0) low = middle + 1; else high = middle;
    }
    return low === this.#nodes.length ? this.text.length : this.#starts[low];
  }
}

/** The text layer of an element, made anew where its text nodes are no longer those it was made of. */
export function layerOf(root) {
  const kept = layers.get(root);
  if (kept) return kept;
  const made = new TextLayer(root);
  layers.set(root, made);
  return made;
}

export function forget(root) { layers.delete(root); }

const layers = new WeakMap();
