// How one looks at the pages: kept from visit to visit, the language and edition in the address.
const KEPT = ["spreads", "zoom", "grid", "margins", "bleed", "outline", "panel", "interface"];
const NAME = "huikan-preview";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

const isNarrow = matchMedia("(max-width: 760px)").matches;
const address = new URLSearchParams(location.search);

export const settings = {
  spreads: !isNarrow,
  zoom: "fit",
  grid: false,
  margins: false,
  bleed: false,
  outline: innerWidth > 1100,
  panel: innerWidth > 1280,
  interface: navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
  ...(isNarrow ? {} : kept()),
  ...(isNarrow && kept().interface ? { interface: kept().interface } : {}),
  language: address.get("language") ?? "",
  edition: address.get("edition") ?? "print",
};

export function keep() {
  const query = new URLSearchParams({ language: settings.language, edition: settings.edition });
  history.replaceState(null, "", `?${query}`);
  if (isNarrow) return;
  try {
    localStorage.setItem(NAME, JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, settings[name]]))));
  } catch {
    // a browser that keeps nothing shows the usual view next time
  }
}
