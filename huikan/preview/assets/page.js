// One page: its picture at the screen's density, its words over it, guides, and the boxes of its fields.
import { element } from "./element.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const NARROWEST = 16;
const context = document.createElement("canvas").getContext("2d");

export class Page {
  constructor(number) {
    this.number = number;
    this.isNear = false;
    this.picture = element("img", { alt: "", draggable: "false", decoding: "async" });
    this.words = element("div", { class: "words" });
    this.marks = element("div", { class: "marks", "aria-hidden": "true" });
    this.root = element("section", { class: "page", "data-number": number, "data-state": "waiting" });
    this.root.append(this.picture, this.words, this.marks);
    this.root.page = this;
    this.said = null;
  }

  describe(facts, language) {
    const isNew = this.facts?.look !== facts.look;
    const isChanged = isNew && this.facts !== undefined;
    this.facts = facts;
    this.root.setAttribute("aria-label", say("page", this.number));
    this.root.lang = language === "bilingual" ? "zh-Hans" : language;
    this.root.classList.toggle("full", facts.full);
    return isChanged;
  }

  get isRight() {
    return this.number % 2 === 1;
  }

  // Size on the desk in CSS pixels; `view` has scale (pixels a point), bleed, grid, margins, and the page grid.
  place(view) {
    this.view = view;
    const { width, height, outside } = this.facts;
    const [left, top, right, bottom] = view.bleed ? outside : [0, 0, 0, 0];
    this.paper = { left, top, width: width + left + right, height: height + top + bottom };
    const style = this.root.style;
    style.width = `${Math.round(this.paper.width * view.scale * devicePixelRatio) / devicePixelRatio}px`;
    style.height = `${this.paper.height * view.scale}px`;
    this.root.style.setProperty("--point", `${view.scale}px`);
    this.root.classList.toggle("with-bleed", view.bleed);
    const x = `${left * view.scale}px`;
    const y = `${top * view.scale}px`;
    for (const layer of [this.words, this.marks]) {
      Object.assign(layer.style, { left: x, top: y, width: `${width * view.scale}px`, height: `${height * view.scale}px` });
    }
    this.drawGuides();
    if (this.isNear) this.load();
  }

  approach(isNear) {
    this.isNear = isNear;
    if (isNear) return void this.load();
    this.picture.removeAttribute("src");
    this.words.replaceChildren();
    this.shown = this.wordsShown = this.wanted = undefined;
    this.root.dataset.state = "waiting";
  }

  load() {
    if (!this.view) return;
    this.loadPicture();
    this.loadWords();
  }

  async loadPicture() {
    const pixels = this.paper.width * this.view.scale * devicePixelRatio;
    const width = Math.max(NARROWEST, Math.round(pixels));
    const source = `/pages/${this.facts.look}.png?width=${width}${this.view.bleed ? "&bleed=1" : ""}`;
    if (this.wanted === source) return;
    this.wanted = source;
    const loader = new Image();
    loader.src = source;
    try {
      await loader.decode();
    } catch {
      if (this.wanted === source) this.wanted = undefined;
      return;
    }
    if (this.wanted !== source || !this.isNear) return;
    this.picture.src = source;
    this.root.dataset.state = "drawn";
    if (this.shown && this.shown !== this.facts.look) this.glow();
    this.shown = this.facts.look;
    this.root.dataset.look = this.shown;
  }

  glow() {
    this.root.classList.remove("fresh");
    requestAnimationFrame(() => this.root.classList.add("fresh"));
  }

  async loadWords() {
    const name = this.facts.words;
    if (this.wordsShown === name) return;
    this.wordsShown = name;
    const answer = await fetch(`/words/${name}.json`).catch(() => null);
    if (!answer?.ok || this.wordsShown !== name) return;
    this.said = await answer.json();
    if (this.wordsShown !== name) return;
    this.words.replaceChildren(...this.said.lines.flatMap((line) => [this.line(line), "\n"]));
    this.drawGuides();
  }

  line({ text, left, top, right, bottom, fields }) {
    const made = element("span", { "data-field": fields[0] }, text);
    const size = Math.max(4, (bottom - top) * 1.1);
    context.font = "100px serif";
    const natural = (context.measureText(text).width / 100) * size;
    const em = (value) => `calc(${value.toFixed(2)} * var(--point))`;
    Object.assign(made.style, { left: em(left), top: em(top), fontSize: em(size), height: em(bottom - top) });
    if (natural) made.style.transform = `scaleX(${((right - left) / natural).toFixed(4)})`;
    return made;
  }

  drawGuides() {
    this.guides?.remove();
    const { grid, margins, bleed, measures } = this.view;
    if (!grid && !margins && !bleed) return;
    const { width, height } = this.facts;
    this.guides = document.createElementNS(SVG, "svg");
    this.guides.setAttribute("class", "guides");
    this.guides.setAttribute("aria-hidden", "true");
    this.guides.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (bleed) this.guides.append(shape("trim", 0, 0, width, height));
    const left = this.isRight ? measures.inner : measures.outer;
    const right = this.isRight ? measures.outer : measures.inner;
    const inside = width - left - right;
    if (!this.facts.full && margins) this.guides.append(shape("margins", left, measures.top, inside, height - measures.top - measures.bottom));
    if (!this.facts.full && grid && measures.line > 2) {
      const lines = document.createElementNS(SVG, "path");
      const first = measures.top + (this.said?.baseline ?? measures.line * 0.75);
      let path = "";
      for (let y = first; y < height - measures.bottom + 0.5; y += measures.line) path += `M${left} ${y.toFixed(2)}h${inside}`;
      lines.setAttribute("d", path);
      lines.setAttribute("class", "baselines");
      this.guides.append(lines);
    }
    this.marks.append(this.guides);
  }

  // The fields at a place on the screen, those of the smallest box around it.
  fieldsAt(x, y) {
    if (!this.said) return null;
    const corner = this.marks.getBoundingClientRect();
    const [across, down] = [(x - corner.left) / this.view.scale, (y - corner.top) / this.view.scale];
    let best = null;
    for (const box of this.said.boxes) {
      if (box.left > across || box.right < across || box.top > down || box.bottom < down) continue;
      const area = (box.right - box.left) * (box.bottom - box.top);
      if (!best || area < best.area) best = { area, fields: box.fields };
    }
    return best?.fields ?? null;
  }

  // Every different list of fields of the page, in the order in which they stand there.
  get fieldLists() {
    const lists = new Map();
    for (const box of this.said?.boxes ?? []) if (!lists.has(box.fields.join(" "))) lists.set(box.fields.join(" "), box.fields);
    return [...lists.values()];
  }

  mark(kind, fields) {
    for (const old of this.marks.querySelectorAll(`.${kind}`)) old.remove();
    if (!fields || !this.said) return;
    const wanted = fields.join(" ");
    const boxes = this.said.boxes.filter((box) => box.fields.join(" ") === wanted || (fields.length === 1 && box.fields.includes(wanted) && box.fields.length === 1));
    for (const box of outer(boxes)) {
      const made = element("div", { class: kind });
      const points = (value) => `calc(${value} * var(--point))`;
      Object.assign(made.style, { left: points(box.left), top: points(box.top), width: points(box.right - box.left), height: points(box.bottom - box.top) });
      this.marks.append(made);
    }
  }
}

// Boxes that no other of them holds.
function outer(boxes) {
  const holds = (a, b) => a !== b && a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
  return boxes.filter((box, at) => !boxes.some((other, index) => holds(other, box) && (!holds(box, other) || index < at)));
}

function shape(kind, x, y, width, height) {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ class: kind, x, y, width, height })) made.setAttribute(name, value);
  return made;
}
