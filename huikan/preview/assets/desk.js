// The desk: pages side by side, drawn where one looks. What changes elsewhere leaves the view where it was.
import { byId, element } from "./element.js";
import { Page } from "./page.js";
import { settings } from "./settings.js";
import { label, say } from "./words.js";

const CSS_POINT = 96 / 72;
const NEAR = "900px 0px";
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4];

const desk = byId("desk");
const spreads = byId("spreads");
let pages = [];
let booklet = null;
let zoom = 1;

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) entry.target.page.approach(entry.isIntersecting);
  },
  { root: desk, rootMargin: NEAR },
);

export const desktop = {
  get pages() {
    return pages;
  },
  get zoom() {
    return zoom;
  },
};

// Show a state of the booklet; pages that look as before are not touched.
export function show(shown) {
  const anchor = anchorOf();
  const sizes = pages.map((page) => `${page.facts.width} ${page.facts.height}`).join();
  const isOther = booklet && (booklet.language !== shown.language || booklet.edition !== shown.edition);
  booklet = shown;
  while (pages.length > shown.pages.length) near.unobserve(pages.pop().root);
  while (pages.length < shown.pages.length) pages.push(new Page(pages.length + 1));
  const changed = pages.filter((page, at) => page.describe(shown.pages[at], shown.language));
  const isSameShape = sizes === pages.map((page) => `${page.facts.width} ${page.facts.height}`).join();
  if (!isSameShape || isOther) arrange();
  else for (const page of changed.length ? pages : pages.filter((each) => each.isNear)) page.place(view());
  if (anchor) restore(anchor, isOther);
  tellPlace();
  return changed.length;
}

function view() {
  const { bleed, grid, margins } = settings;
  return { scale: zoom * CSS_POINT, bleed, grid, margins, measures: booklet.grid };
}

// Put the pages on the desk, as spreads or one below the other, at the zoom that is set.
export function arrange() {
  if (!booklet) return;
  const wanted = groups();
  spreads.classList.toggle("single", !settings.spreads);
  const rows = wanted.map((group) => {
    const row = element("div", { class: group.length === 1 && settings.spreads ? (group[0].isRight ? "spread alone right" : "spread alone left") : "spread" });
    row.append(...group.map((page) => page.root));
    return row;
  });
  spreads.replaceChildren(...rows);
  for (const page of pages) near.observe(page.root);
  resize();
}

function groups() {
  if (!settings.spreads) return pages.map((page) => [page]);
  const made = [];
  for (const page of pages) {
    if (page.isRight && made.length && made.at(-1).length === 1 && !made.at(-1)[0].isRight) made.at(-1).push(page);
    else made.push([page]);
  }
  return made;
}

export function resize() {
  if (!booklet) return;
  zoom = settings.zoom === "fit" ? fitting() : settings.zoom;
  for (const page of pages) page.place(view());
  for (const row of spreads.querySelectorAll(".alone")) {
    const [page] = row.children;
    row.style.paddingInline = page.page.isRight ? `${page.style.width} 0` : `0 ${page.style.width}`;
  }
  byId("zoom").textContent = `${Math.round(zoom * 100)}%`;
  label(byId("fit-button"));
  byId("fit-button").setAttribute("aria-pressed", settings.zoom === "fit");
  tellPlace();
}

function fitting() {
  const style = getComputedStyle(spreads);
  const room = desk.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const high = desk.clientHeight - 64;
  const widest = Math.max(...booklet.pages.map((page) => page.width + (settings.bleed ? page.outside[0] + page.outside[2] : 0)));
  const highest = Math.max(...booklet.pages.map((page) => page.height + (settings.bleed ? page.outside[1] + page.outside[3] : 0)));
  const across = room / ((settings.spreads ? 2 : 1) * widest * CSS_POINT);
  const down = high / (highest * CSS_POINT);
  const isPhone = desk.clientWidth < 600;
  return Math.max(0.15, Math.min(across, isPhone ? across : Math.max(down, Math.min(across, 0.9)), 2));
}

export function zoomBy(direction) {
  const anchor = anchorOf();
  const next = direction > 0 ? STEPS.find((step) => step > zoom + 0.01) : STEPS.findLast((step) => step < zoom - 0.01);
  settings.zoom = next ?? zoom;
  resize();
  restore(anchor);
}

// Do what moves pages, and come back to the page and the place on it where one was.
export function keepingPlace(change) {
  const anchor = anchorOf();
  change();
  restore(anchor);
}

// The page at the top of the window, and how far down it the window begins, as a share of its height.
function anchorOf() {
  const top = desk.getBoundingClientRect().top;
  for (const page of pages) {
    const box = page.root.getBoundingClientRect();
    if (box.height && box.bottom > top + 1) {
      return { number: page.number, look: page.facts.look, share: (top - box.top) / box.height, left: desk.scrollLeft };
    }
  }
  return null;
}

function restore(anchor, isOther = false) {
  if (!anchor || !pages.length) return;
  const alike = isOther ? [] : pages.filter((page) => page.facts.look === anchor.look);
  alike.sort((a, b) => Math.abs(a.number - anchor.number) - Math.abs(b.number - anchor.number));
  const page = alike[0] ?? pages[Math.min(anchor.number, pages.length) - 1];
  const box = page.root.getBoundingClientRect();
  const moved = box.top + anchor.share * box.height - desk.getBoundingClientRect().top;
  if (Math.abs(moved) >= 1) desk.scrollTop += moved;
}

export function currentPage() {
  const box = desk.getBoundingClientRect();
  const middle = box.top + box.height * 0.4;
  return pages.find((page) => page.root.getBoundingClientRect().bottom > middle) ?? pages.at(-1);
}

export function goTo(number) {
  const page = pages[Math.max(1, Math.min(pages.length, number)) - 1];
  if (!page) return;
  const top = page.root.getBoundingClientRect().top - desk.getBoundingClientRect().top;
  desk.scrollTop += top - 24;
  tellPlace();
}

export function turn(direction) {
  const page = currentPage();
  if (!page) return;
  if (!settings.spreads) return void goTo(page.number + direction);
  const rows = [...spreads.children];
  const row = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(page.root.parentElement) + direction))];
  goTo(row.firstElementChild.page.number);
}

// Bring a field's box on a page into the window, if it is not there.
export async function goToField(number, fields) {
  const page = pages[number - 1];
  goTo(number);
  for (let wait = 0; wait < 40 && !page.said; wait++) await new Promise((done) => setTimeout(done, 50));
  for (const each of pages) each.mark("chosen", fields);
  page.marks.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const followers = [];
export const whenMoved = (follower) => followers.push(follower);

export function tellPlace() {
  const page = currentPage();
  byId("place").textContent = page ? say("of", page.number, pages.length) : "";
  for (const follower of followers) follower(page?.number ?? 0);
}

let isTold = false;
desk.addEventListener(
  "scroll",
  () => {
    if (isTold) return;
    isTold = true;
    requestAnimationFrame(() => {
      isTold = false;
      tellPlace();
    });
  },
  { passive: true },
);

new ResizeObserver(() => {
  if (settings.zoom === "fit") keepingPlace(resize);
}).observe(desk);
