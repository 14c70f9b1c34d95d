// Between code points, by which the server counts, and UTF-16 units, by which the browser does.
// They part at every character beyond the Basic Multilingual Plane (𠮷, most emoji): two units, one code point.

export class Offsets {
  #pairs; // the code point offset of each such character, ascending

  constructor(text) {
    const pairs = [];
    for (let unit = 0; unit < text.length - 1; unit++) {
      const code = text.charCodeAt(unit);
      if (code < 0xd800 || code > 0xdbff) continue;
      const next = text.charCodeAt(unit + 1);
      if (next < 0xdc00 || next > 0xdfff) continue; // alone: one unit, one code point
      pairs.push(unit - pairs.length);
      unit++;
    }
    this.#pairs = Uint32Array.from(pairs);
    this.units = text.length;
    this.points = text.length - pairs.length;
  }

  /** The UTF-16 offset of a code point offset; offsets beyond the ends give the ends. */
  toUnits(point) {
    const within = Math.min(Math.max(point, 0), this.points);
    return within + this.#count((at) => at < within);
  }

  /** The code point offset of a UTF-16 offset; in the middle of a character its start, or its end with `up`. */
  toPoints(unit, up = false) {
    const within = Math.min(Math.max(unit, 0), this.units);
    const before = this.#count((at, index) => at + index < within);
    const middle = before > 0 && this.#pairs[before - 1] + before - 1 === within - 1;
    return within - before + (middle && up ? 1 : 0);
  }

  #count(before) {
    let low = 0, high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(this.#pairs[middle], middle)) low = middle + 1; else high = middle;
    }
    return low;
  }
}
