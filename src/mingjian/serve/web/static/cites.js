// A cited value shows the words that say it: on hover and focus, and on the first tap where there is no hover.
// a.cited[data-cites='[["words", "source", "/pages/…#s=1,2"], …]'][data-more="3"]

const DELAY = 120; // ms, so that a pointer passing over a table does not flicker
let card = null, owner = null, timer = 0;

function words() { return document.getElementById("words-for-scripts").dataset; }

function made(tag, text, attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function fill(link) {
  card.replaceChildren();
  if (!link.dataset.cites) { card.append(made("p", link.title)); return; } // a dash, and why
  for (const [said, source, href] of JSON.parse(link.dataset.cites)) {
    const one = document.createElement("div");
    const place = made("p", source);
    place.append(made("a", words().open, { href }));
    one.append(made("q", said), place);
    card.append(one);
  }
  if (link.dataset.basis) card.append(made("p", link.dataset.basis));
  if (link.dataset.more) card.append(made("p", words().more.replace("{count}", link.dataset.more)));
}

function open(link) {
  if (owner === link) return;
  close();
  if (!card) {
    card = made("div", "", { id: "evidence", role: "tooltip", "aria-label": words().card });
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", later);
    document.body.append(card);
  }
  owner = link;
  fill(link);
  card.hidden = false;
  link.classList.add("open");
  link.setAttribute("aria-describedby", "evidence");
  put(link.getClientRects()[0] ?? link.getBoundingClientRect());
}

function put(box) {
  const [width, height] = [card.offsetWidth, card.offsetHeight];
  const left = Math.min(Math.max(8, box.left), innerWidth - width - 8);
  const below = box.bottom + 6 + height <= innerHeight || box.top < height + 6;
  card.style.left = `${left}px`;
  card.style.top = `${below ? box.bottom + 6 : box.top - height - 6}px`;
}

function close() {
  clearTimeout(timer);
  if (!owner) return;
  owner.classList.remove("open");
  owner.removeAttribute("aria-describedby");
  owner = null;
  card.hidden = true;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(close, 200);
}

export function listen() {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest("a.cited");
    if (link && link !== owner) { clearTimeout(timer); timer = setTimeout(open, DELAY, link); }
    else if (link || card?.contains(event.target)) clearTimeout(timer);
    else if (owner) later();
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("a.cited:focus-visible")) open(event.target);
    else if (!card?.contains(event.target)) close();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cited, .missing[title]");
    if (link && event.pointerType === "touch" && owner !== link) {
      event.preventDefault();
      event.stopPropagation();
      open(link);
    } else if (!card?.contains(event.target)) close();
  }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("scroll", close, { passive: true, capture: true });
  document.addEventListener("htmx:before:swap", close);
}
