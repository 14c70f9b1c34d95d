// Charts from the data that the page carries: [data-chart=kind][data-from=id of the JSON block]. Kinds:
// bars { labels, values, unit, links? }, lines { unit, series: [{ name, points: [[date, value]] }] },
// timeline { lanes, items: [{ lane, start, end, label, href? }] }, points { x, y, years?, items: [{ x, y, label, href? }] }.
// Nothing is ever put in as markup: tips are built of text nodes, which a strict policy allows too.
import { init } from "./vendored/echarts.min.js";

const HUES = ["--hue-1", "--hue-2", "--hue-3", "--hue-4", "--hue-5", "--hue-6"];
const DATES = { year: "{yyyy}", month: "{yyyy}-{MM}", day: "{MM}-{dd}" };
const dark = matchMedia("(prefers-color-scheme: dark)");

function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function tip(...lines) {
  const box = document.createElement("div");
  box.className = "chart-tip";
  for (const line of lines.filter(Boolean)) {
    const row = document.createElement("div");
    row.textContent = line;
    box.append(row);
  }
  return box;
}

function shared() {
  return {
    animation: false,
    color: HUES.map(colour),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("--soft") },
    grid: { left: 8, right: 24, top: 28, bottom: 8, containLabel: true },
    aria: { enabled: true },
    tooltip: { confine: true, backgroundColor: colour("--card"), borderColor: colour("--strong-line"), textStyle: { color: colour("--ink"), fontSize: 13 } },
  };
}

function axis(type, more = {}) {
  return {
    type,
    axisLine: { lineStyle: { color: colour("--strong-line") } },
    axisLabel: { color: colour("--soft"), hideOverlap: true },
    splitLine: { lineStyle: { color: colour("--line") } },
    nameTextStyle: { color: colour("--faint") },
    ...more,
  };
}

function dates() { return { color: colour("--soft"), hideOverlap: true, formatter: DATES }; }

function short(text, length = 12) { return text.length > length ? `${[...text].slice(0, length - 1).join("")}…` : text; }

const KINDS = {
  bars: (data) => ({
    grid: { bottom: data.unit ? 22 : 8 },
    xAxis: axis("value", { name: data.unit, nameLocation: "middle", nameGap: 26 }),
    yAxis: axis("category", { data: data.labels, inverse: true, axisLabel: { color: colour("--soft"), formatter: (text) => short(text) } }),
    series: [{ type: "bar", data: data.values.map((value, at) => ({ value, href: data.links?.[at] })), barMaxWidth: 22, label: { show: true, position: "right", color: colour("--soft") } }],
    tooltip: { formatter: ({ name, value }) => tip(name, `${value} ${data.unit ?? ""}`) },
  }),
  lines: (data) => ({
    grid: { top: 34, right: 110 },
    xAxis: axis("time", { splitLine: { show: false }, axisLabel: dates() }),
    yAxis: axis("value", { name: data.unit }),
    series: data.series.map(({ name, points }) => ({
      type: "line", name, data: points, symbolSize: 7, endLabel: { show: true, formatter: () => short(name, 8), color: "inherit" },
    })),
    tooltip: { formatter: ({ seriesName, value }) => tip(seriesName, `${value[0]}　${value[1]} ${data.unit ?? ""}`) },
    ...zoom(data.series.some(({ points }) => points.length > 40)),
  }),
  timeline: (data) => ({
    grid: { top: 8 },
    xAxis: axis("time", { axisLabel: dates() }),
    yAxis: axis("category", { data: data.lanes, inverse: true, splitLine: { show: true, lineStyle: { color: colour("--line") } }, axisLabel: { color: colour("--soft"), formatter: (text) => short(text) } }),
    series: [{
      type: "custom", renderItem: span, encode: { x: [1, 2], y: 0 },
      data: data.items.map((item) => ({ value: [item.lane, whole(item.start, 0), whole(item.end ?? item.start, 1)], item, href: item.href })),
    }],
    tooltip: { formatter: ({ data: { item } }) => tip(item.label, item.end && item.end !== item.start ? `${item.start} – ${item.end}` : item.start) },
    ...zoom(data.items.length > 12),
  }),
  points: (data) => ({
    xAxis: axis("value", { name: data.x, scale: true, ...(data.years ? { minInterval: 1, axisLabel: { color: colour("--soft"), formatter: String } } : {}) }),
    yAxis: axis("value", { name: data.y, scale: true }),
    series: [{ type: "scatter", data: data.items.map((item) => ({ value: [item.x, item.y], item, href: item.href })), symbolSize: 10 }],
    tooltip: { formatter: ({ data: { item } }) => tip(item.label, `${data.x} ${item.x}，${data.y} ${item.y}`) },
  }),
};

function zoom(needed) {
  return needed ? { dataZoom: [{ type: "inside", zoomOnMouseWheel: "ctrl" }, { type: "slider", height: 18, bottom: 4, borderColor: colour("--line") }] } : {};
}

/** The first or last moment of a year, month or day, in the time of the browser. */
function whole(date, last) {
  const [year, month, day] = date.slice(0, 10).split("-").map(Number);
  const end = day ? [year, month - 1, day + last] : month ? [year, month - 1 + last, 1] : [year + last, 0, 1];
  return new Date(...end).getTime() - last;
}

function span(params, api) {
  const [from, y] = api.coord([api.value(1), api.value(0)]);
  const [to] = api.coord([api.value(2), api.value(0)]);
  const { x, width } = params.coordSys;
  const left = Math.max(from, x), right = Math.min(Math.max(to, from + 9), x + width);
  if (right <= left) return null;
  return { type: "rect", shape: { x: left, y: y - 6, width: right - left, height: 12, r: 4 }, style: { fill: colour(HUES[params.dataIndex === undefined ? 0 : api.value(0) % HUES.length]), opacity: 0.85 } };
}

function merged(base, own) {
  return { ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip }, grid: { ...base.grid, ...own.grid, ...(own.dataZoom ? { bottom: 36 } : {}) } };
}

const drawn = new Map();

function draw(place) {
  const block = document.getElementById(place.dataset.from);
  const kind = KINDS[place.dataset.chart];
  if (!block || !kind) return;
  const data = JSON.parse(block.textContent);
  if (place.dataset.chart === "bars" || place.dataset.chart === "timeline") place.style.height = `${Math.max(140, (data.labels ?? data.lanes).length * 32 + 70)}px`;
  const chart = drawn.get(place) ?? init(place, null, { renderer: "canvas", locale: "ZH" });
  chart.setOption(merged(shared(), kind(data)), true);
  if (!drawn.has(place)) {
    chart.on("click", ({ data: { href } }) => { if (href?.startsWith("/") && !href.startsWith("//")) location.assign(href); });
    new ResizeObserver(() => chart.resize()).observe(place);
    drawn.set(place, chart);
  }
}

function all() {
  for (const [place, chart] of drawn) if (!place.isConnected) { chart.dispose(); drawn.delete(place); }
  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
}

all();
dark.addEventListener("change", all);
document.addEventListener("htmx:after:swap", all);
