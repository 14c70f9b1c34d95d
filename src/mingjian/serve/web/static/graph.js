// A graph from the data that the page carries: [data-graph][data-from=id of the JSON block], a list of nodes
// { data: { id, name, kind, size, href? }, classes } and edges { data: { id, source, target, label } }.
// A tap on an edge or node lights the rows [data-edge=id] of the table below it; a second tap on a node opens its href.
// Needs the plain script vendored/cytoscape before it.
/* global cytoscape */

const PLAIN = "record";
const WIDEST = 1.2;
const RING = 8; // nodes of the first ring; each further one holds as many more
const MANY = 40; // edges: of more only those that are chosen say what they are
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

// Cytoscape would put a style element into the head, which the policy refuses; where one of that id is, it does not.
function spareItsStyle() {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const place = document.createElement("template");
  place.id = id;
  document.head.append(place);
}

function looks() {
  const line = colour("--strong-line"), lit = colour("--focus");
  return [
    { selector: "node", style: { "background-color": (node) => colour(`--kind-${node.data("kind")}`) || colour(`--${PLAIN}`), width: "data(size)", height: "data(size)", label: "data(name)", "font-size": 11, "font-family": getComputedStyle(document.body).fontFamily, "text-wrap": "ellipsis", "text-max-width": 110, "text-valign": "bottom", "text-margin-y": 4, color: colour("--ink") } },
    { selector: "node.bare", style: { "background-opacity": 0.4 } },
    { selector: "edge", style: { width: 1.2, "line-color": line, "target-arrow-color": line, "target-arrow-shape": "triangle", "curve-style": "bezier", label: "data(label)", "font-size": 9, "font-family": getComputedStyle(document.body).fontFamily, color: colour("--faint"), "text-rotation": "autorotate", "text-background-color": colour("--card"), "text-background-opacity": 0.8 } },
    { selector: "node.many", style: { "font-size": 16, "text-max-width": 170 } },
    { selector: "edge.mute", style: { label: "" } },
    { selector: "edge.mute:selected", style: { label: "data(label)" } },
    { selector: ":selected", style: { "line-color": lit, "target-arrow-color": lit, "border-width": 3, "border-color": lit } },
  ];
}

/** Rings round the node that most edges touch: the nearer the more it is tied in, none fuller than it is long. */
function rings(graph) {
  const order = graph.nodes().toArray().map((node, at) => [node, node.degree(), at]).sort((a, b) => b[1] - a[1] || a[2] - b[2]);
  const ringOf = new Map();
  let ring = 0, left = 1;
  for (const [node] of order) {
    if (!left) { ring += 1; left = ring * RING; }
    ringOf.set(node.id(), ring);
    left -= 1;
  }
  return { name: "concentric", animate: false, concentric: (node) => -ringOf.get(node.id()), levelWidth: () => 1, minNodeSpacing: order.length > RING * 3 ? 26 : 56, startAngle: 0 };
}

function light(edges) {
  for (const row of document.querySelectorAll("[data-edge].here")) row.classList.remove("here");
  const rows = edges.map((edge) => document.querySelector(`[data-edge="${CSS.escape(edge.id())}"]`)).filter(Boolean);
  for (const row of rows) row.classList.add("here");
  rows[0]?.scrollIntoView({ block: "nearest" });
}

function open(node) {
  const href = node.data("href");
  if (href?.startsWith("/") && !href.startsWith("//")) location.assign(href);
}

function draw(place) {
  const block = document.getElementById(place.dataset.from);
  if (!block || drawn.has(place)) return;
  const graph = cytoscape({
    container: place,
    elements: JSON.parse(block.textContent),
    style: looks(),
    minZoom: 0.2,
    maxZoom: 3,
  });
  graph.layout(rings(graph)).run();
  const broad = Math.min(2, Math.max(1, place.clientWidth / place.clientHeight));
  graph.nodes().positions((node) => ({ x: node.position("x") * broad, y: node.position("y") })); // names stand side by side
  graph.fit(undefined, 24);
  if (graph.edges().length > MANY) { graph.edges().addClass("mute"); graph.nodes().addClass("many"); }
  if (graph.zoom() > WIDEST) { graph.zoom(WIDEST); graph.center(); } // few nodes are not blown up
  graph.on("tap", "edge", ({ target }) => light([target]));
  graph.on("tap", "node", ({ target }) => { if (target.selected()) open(target); light(target.connectedEdges().toArray()); });
  place.dataset.drawn = graph.nodes().length;
  drawn.set(place, graph);
}

function choose(row) {
  for (const graph of drawn.values()) {
    graph.elements(":selected").unselect();
    graph.getElementById(row.dataset.edge).select();
  }
}

function all() {
  for (const [place, graph] of drawn) if (!place.isConnected) { graph.destroy(); drawn.delete(place); }
  for (const place of document.querySelectorAll("[data-graph]")) draw(place);
}

spareItsStyle();
all();
document.addEventListener("focusin", (event) => { const row = event.target.closest?.("[data-edge]"); if (row) choose(row); });
document.addEventListener("htmx:after:swap", all);
dark.addEventListener("change", () => { for (const graph of drawn.values()) graph.style(looks()); });
