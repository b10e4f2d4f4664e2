// What is shown follows the server's stream; what is pressed changes how it is shown.
import { arrange, currentPage, desktop, goTo, keepingPlace, resize, show, tellPlace, turn, whenMoved, zoomBy } from "./desk.js";
import { byId, element } from "./element.js";
import { hideField, markOutline, showField, showFindings, showOutline, showTrouble } from "./panels.js";
import { keep, settings } from "./settings.js";
import { label, say, speak, spoken } from "./words.js";

let state = null;
let stream = null;
let chosen = null;

function connect() {
  stream?.close();
  stream = new EventSource(`/events?${new URLSearchParams({ language: settings.language, edition: settings.edition })}`);
  stream.addEventListener("state", (event) => receive(JSON.parse(event.data)));
  stream.addEventListener("error", () => tellStatus("lost"));
}

function receive(next) {
  const before = state?.booklet;
  state = next;
  // Until the view that was asked for has pages, the last good ones of the other stay.
  if (next.booklet) {
    settings.language = next.booklet.language;
    settings.edition = next.booklet.edition;
    keep();
    if (JSON.stringify(before?.pages) !== JSON.stringify(next.booklet.pages) || before?.language !== next.booklet.language) show(next.booklet);
  } else if (before) state.booklet = before;
  render();
}

function tellStatus(name) {
  const status = byId("status");
  status.dataset.state = name;
  const words = status.querySelector(".words");
  if (words.textContent !== say(name)) words.textContent = say(name);
}

function render() {
  if (!state) return;
  const { booklet } = state;
  tellStatus(state.setting ? "setting" : state.errors.length ? "broken" : "ready");
  byId("empty").hidden = Boolean(booklet) || state.errors.length > 0;
  showTrouble(state.errors, Boolean(booklet));
  showFindings(state);
  if (!booklet) return;
  byId("title").textContent = booklet.title;
  byId("title").lang = booklet.language === "bilingual" ? "zh-Hans" : booklet.language;
  document.title = `${booklet.title} · Huikan`;
  showOutline(booklet.outline, currentPage()?.number ?? 1);
  choices(byId("languages"), booklet.languages, settings.language, (language) => look({ language }));
  choices(byId("editions"), state.editions, settings.edition, (edition) => look({ edition }));
}

function choices(group, names, current, choose) {
  const told = JSON.stringify([names, spoken()]);
  if (group.dataset.told !== told) {
    group.dataset.told = told;
    group.replaceChildren(...names.map((name) => element("button", { type: "button", class: "tool wide", "data-value": name, lang: name === "zh-Hans" ? "zh-Hans" : undefined, onclick: () => choose(name) }, say(name))));
  }
  for (const button of group.children) button.setAttribute("aria-pressed", button.dataset.value === current);
}

function look(change) {
  Object.assign(settings, change);
  keep();
  render();
  tellStatus("setting");
  connect();
}

function next(names, current) {
  return names[(names.indexOf(current) + 1) % names.length];
}

function dress() {
  for (const name of ["grid", "margins", "bleed"]) byId(`${name}-button`).setAttribute("aria-pressed", settings[name]);
  byId("spreads-button").setAttribute("aria-pressed", settings.spreads);
  byId("single-button").setAttribute("aria-pressed", !settings.spreads);
  for (const name of ["outline", "panel"]) {
    byId(`${name}-button`).setAttribute("aria-expanded", settings[name]);
    document.body.classList.toggle(`with-${name}`, settings[name]);
  }
  byId("interface-name").textContent = spoken() === "zh" ? "EN" : "中";
  label(byId("interface-button"));
}

function change(name, value = !settings[name]) {
  settings[name] = value;
  keep();
  dress();
  if (["spreads", "bleed"].includes(name)) keepingPlace(arrange);
  else if (["grid", "margins"].includes(name)) keepingPlace(resize);
}

function changeSide(name) {
  change(name);
  if (settings[name] && matchMedia("(max-width: 760px)").matches) {
    change(name === "panel" ? "outline" : "panel", false);
    byId(name).focus();
  }
}

function speakIn(language) {
  settings.interface = language;
  keep();
  speak(language);
  for (const told of document.querySelectorAll("[data-told]")) delete told.dataset.told;
  for (const page of desktop.pages) page.root.setAttribute("aria-label", say("page", page.number));
  listKeys();
  dress();
  render();
  tellPlace();
}

function zoomTo(value) {
  keepingPlace(() => {
    settings.zoom = value;
    resize();
  });
  keep();
}

const actions = {
  o: () => changeSide("outline"),
  f: () => changeSide("panel"),
  s: () => change("spreads"),
  g: () => change("grid"),
  m: () => change("margins"),
  b: () => change("bleed"),
  l: () => state?.booklet && look({ language: next(state.booklet.languages, settings.language) }),
  e: () => state && look({ edition: next(state.editions, settings.edition) }),
  "+": () => (zoomBy(1), keep()),
  "=": () => (zoomBy(1), keep()),
  "-": () => (zoomBy(-1), keep()),
  0: () => zoomTo("fit"),
  "[": () => stepField(-1),
  "]": () => stepField(1),
  "?": () => byId("help").showModal(),
  ArrowLeft: () => turn(-1),
  ArrowRight: () => turn(1),
  Home: () => goTo(1),
  End: () => goTo(desktop.pages.length),
  Escape: dismiss,
};

const KEYS = [
  ["← →", "turn"], ["Home End", "ends"], ["[ ]", "fields"], ["+ −", "zoom"], ["0", "fit"], ["s", "spreads"], ["g", "grid"], ["m", "margins"], ["b", "bleed"],
  ["l", "nextLanguage"], ["e", "nextEdition"], ["o", "outline"], ["f", "findings"], ["Esc", "dismiss"],
];

function listKeys() {
  byId("keys").replaceChildren(
    ...KEYS.flatMap(([keys, name]) => [element("dt", {}, ...keys.split(" ").map((key) => element("kbd", {}, key))), element("dd", {}, say(name))]),
  );
}

function dismiss() {
  if (chosen) choose(null);
  else if (matchMedia("(max-width: 760px)").matches) {
    change("outline", false);
    change("panel", false);
  }
}

function choose(fields, page = null) {
  chosen = fields;
  for (const each of desktop.pages) each.mark("chosen", fields);
  if (!fields) return hideField();
  change("panel", true);
  page?.marks.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  showField(fields, state.booklet);
}

function stepField(direction) {
  const page = currentPage();
  const lists = page?.fieldLists ?? [];
  if (!lists.length) return;
  const at = chosen ? lists.findIndex((fields) => fields.join(" ") === chosen.join(" ")) : -1;
  const to = at < 0 ? (direction > 0 ? 0 : lists.length - 1) : (at + direction + lists.length) % lists.length;
  choose(lists[to], page);
}

const desk = byId("desk");
const pageOf = (event) => event.target.closest?.(".page")?.page;

desk.addEventListener("click", (event) => {
  const page = pageOf(event);
  if (!page || String(getSelection())) return;
  choose(page.fieldsAt(event.clientX, event.clientY), page);
});

let hovered = null;
desk.addEventListener("pointermove", (event) => {
  if (event.pointerType === "touch") return;
  const page = pageOf(event);
  const fields = page?.fieldsAt(event.clientX, event.clientY) ?? null;
  if (hovered && hovered.page !== page) hovered.page.mark("hover", null);
  if (page && hovered?.fields !== fields) page.mark("hover", fields);
  if (page) page.root.classList.toggle("over-field", Boolean(fields));
  hovered = page ? { page, fields } : null;
});
desk.addEventListener("pointerleave", () => {
  hovered?.page.mark("hover", null);
  hovered = null;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

const pressed = {
  outline: () => changeSide("outline"), panel: () => changeSide("panel"), spreads: () => change("spreads", true), single: () => change("spreads", false),
  grid: actions.g, margins: actions.m, bleed: actions.b, larger: actions["+"], smaller: actions["-"], fit: () => zoomTo(settings.zoom === "fit" ? 1 : "fit"),
  interface: () => speakIn(spoken() === "zh" ? "en" : "zh"), help: actions["?"],
};
for (const [name, action] of Object.entries(pressed)) byId(`${name}-button`).addEventListener("click", action);
byId("close-field").addEventListener("click", () => choose(null));
addEventListener("beforeunload", () => stream?.close());

whenMoved(markOutline);
speakIn(settings.interface);
tellStatus("waiting");
connect();
