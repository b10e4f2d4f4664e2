// Beside the pages: contents, findings, where words are written; over them: what is wrong with the content.
import { goTo, goToField } from "./desk.js";
import { byId, element } from "./element.js";
import { settings } from "./settings.js";
import { label, say } from "./words.js";

const MOST_ERRORS = 6;
const place = ({ file, line, column }) => (line ? `${file}:${line}:${column}` : file);

export function showOutline(entries, current) {
  const list = byId("entries");
  const told = JSON.stringify(entries);
  if (list.dataset.told !== told) {
    list.dataset.told = told;
    list.replaceChildren(
      ...entries.map(({ title, level, page }) => {
        const name = element("span", { class: "name" }, title);
        const button = element("button", { type: "button", "data-page": page, onclick: () => goTo(page) }, name, element("span", { class: "folio" }, String(page)));
        return element("li", { "data-level": level }, button);
      }),
    );
  }
  markOutline(current);
}

export function markOutline(current) {
  const buttons = [...byId("entries").querySelectorAll("button")];
  const here = buttons.findLast((button) => Number(button.dataset.page) <= current);
  for (const button of buttons) {
    if (button === here) button.setAttribute("aria-current", "location");
    else button.removeAttribute("aria-current");
  }
  if (here && !byId("outline").contains(document.activeElement)) {
    const side = byId("outline");
    const [box, around] = [here.getBoundingClientRect(), side.getBoundingClientRect()];
    if (box.bottom > around.bottom - 24) side.scrollTop += box.bottom - around.bottom + 64;
    if (box.top < around.top + 48) side.scrollTop -= around.top - box.top + 64;
  }
}

// Errors stand over the last good pages, which stay.
export function showTrouble(errors, hasPages) {
  const trouble = byId("trouble");
  const told = JSON.stringify([errors, hasPages, say("good")]);
  if (trouble.dataset.told === told) return;
  trouble.dataset.told = told;
  trouble.hidden = !errors.length;
  if (!errors.length) return void trouble.replaceChildren();
  const head = element("p", { class: "head" }, element("strong", {}, say("errors", errors.length)), hasPages ? ` ${say("good")}` : "");
  const list = element("ul", {}, ...errors.slice(0, MOST_ERRORS).map((error) => finding(error)));
  const rest = errors.length > MOST_ERRORS ? [element("p", { class: "rest" }, say("more", errors.length - MOST_ERRORS))] : [];
  trouble.replaceChildren(head, list, ...rest);
}

export function showFindings(state) {
  const all = [...state.errors, ...state.findings];
  byId("count").textContent = all.length;
  label(byId("panel-button"));
  byId("panel-button").dataset.worst = ["error", "warning", "note"].find((kind) => all.some((each) => each.severity === kind)) ?? "none";
  const list = byId("finding-list");
  const told = JSON.stringify([all, state.checked, say("none")]);
  if (list.dataset.told === told) return;
  list.dataset.told = told;
  byId("none").textContent = all.length ? "" : say(state.checked ? "none" : "checking");
  list.replaceChildren(...all.map((each) => finding(each)));
}

function finding(found) {
  const lines = element("div", { class: "lines" });
  const foot = element("p", { class: "foot" });
  if (found.line) {
    const show = () => (lines.childElementCount ? lines.replaceChildren() : showSource(lines, found));
    foot.append(element("button", { type: "button", class: "place", title: say("source"), onclick: show }, place(found)));
  } else if (found.file) foot.append(element("span", { class: "place" }, found.file));
  if (found.page) {
    foot.append(element("button", { type: "button", class: "jump", onclick: () => goToField(found.page, [found.field]) }, say("toPage", found.page)));
  }
  const words = element("p", { lang: "en" }, found.message);
  if (found.excerpt) words.append(" ", element("q", {}, found.excerpt));
  const hint = found.hint ? [element("p", { class: "hint", lang: "en" }, found.hint)] : [];
  const kind = element("span", { class: "kind" }, say(found.severity), found.code ? ` ${found.code}` : "");
  return element("li", { class: "finding", "data-severity": found.severity }, kind, words, ...hint, foot, lines);
}

async function showSource(target, { file, line }) {
  const answer = await fetch(`/source?${new URLSearchParams({ file, line })}`).catch(() => null);
  if (answer?.ok) target.replaceChildren(excerpt(await answer.json(), line, line));
}

function excerpt({ first, lines }, from, to) {
  const rows = lines.map((text, at) => {
    const number = first + at;
    const isMeant = number >= from && number <= to;
    return element("li", { class: isMeant ? "meant" : undefined, value: number }, text || " ");
  });
  return element("ol", { class: "excerpt", translate: "no", tabindex: "0" }, ...rows);
}

// Where the words that were clicked on are written, field by field.
export async function showField(fields, booklet) {
  const section = byId("field");
  section.hidden = false;
  settings.panel = true;
  document.body.classList.add("with-panel");
  const target = byId("field-places");
  const answers = await Promise.all(
    fields.map((field) => fetch(`/field?${new URLSearchParams({ field, language: booklet.language, edition: booklet.edition })}`).then((answer) => (answer.ok ? answer.json() : null), () => null)),
  );
  const intro = fields.length > 1 ? [element("p", { class: "several" }, say("several", fields.length))] : [];
  target.replaceChildren(...intro, ...answers.filter(Boolean).map(written));
  section.dataset.fields = fields.join(" ");
}

function written(found) {
  const copy = element("button", { type: "button", class: "plain" }, say("copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`${found.path}:${found.line}:${found.column}`).then(() => (copy.textContent = say("copied")), () => {});
  });
  const head = element("p", { class: "where" }, element("strong", { class: "place" }, place(found)), copy);
  const name = element("p", { class: "field-name", translate: "no" }, found.field);
  return element("article", {}, head, name, ...(found.excerpt ? [excerpt(found.excerpt, found.line, found.last)] : []));
}

export function hideField() {
  byId("field").hidden = true;
}
