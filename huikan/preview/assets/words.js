// The interface's words in both languages, and the numbers' places in them.
const WORDS = {
  zh: {
    skip: "跳到页面", tools: "显示方式", language: "语言", edition: "版本", arrangement: "排列", zoom: "缩放",
    overlays: "辅助线", outline: "目录", pages: "页面", panel: "检查结果", written: "文字出处", findings: "检查结果",
    keys: "快捷键", close: "关闭", first: "正在排第一遍……", single: "单页", spreads: "对开页", smaller: "缩小", larger: "放大",
    fit: "适合窗口", grid: "基线网格", margins: "版心", bleed: "出血", interface: "Interface in English", help: "快捷键",
    "zh-Hans": "中文", en: "English", bilingual: "双语", print: "阅读版", press: "印刷版",
    setting: "正在排版", ready: "已是最新", broken: "内容有误", lost: "预览已停止", waiting: "连接中",
    errors: (n) => `${n} 处错误`, good: "下面仍是最近一次排好的页面。", none: "没有要改的地方。", checking: "正在检查……",
    page: (n) => `第 ${n} 页`, of: (n, all) => `${n} / ${all}`, toPage: (n) => `到第 ${n} 页`, copy: "复制位置", copied: "已复制",
    several: (n) => `这行文字由 ${n} 个字段合成：`, nowhere: "这里没有来自内容文件的文字。", source: "查看原文",
    error: "错误", warning: "警告", note: "提示", more: (n) => `另有 ${n} 处`, fieldsOn: (n) => `本页 ${n} 个字段`,
    turn: "前一页、后一页", ends: "首页、末页", fields: "本页上一个、下一个字段", dismiss: "关闭面板", nextLanguage: "换语言", nextEdition: "换版本",
  },
  en: {
    skip: "Skip to the pages", tools: "View", language: "Language", edition: "Edition", arrangement: "Arrangement", zoom: "Zoom",
    overlays: "Guides", outline: "Contents", pages: "Pages", panel: "Findings", written: "Where it is written", findings: "Findings",
    keys: "Keys", close: "Close", first: "Setting the pages for the first time…", single: "Single pages", spreads: "Spreads", smaller: "Smaller", larger: "Larger",
    fit: "Fit the window", grid: "Baseline grid", margins: "Margins", bleed: "Bleed", interface: "界面改为中文", help: "Keys",
    "zh-Hans": "中文", en: "English", bilingual: "Bilingual", print: "Print", press: "Press",
    setting: "Setting", ready: "Up to date", broken: "Content has errors", lost: "Preview has ended", waiting: "Connecting",
    errors: (n) => (n === 1 ? "1 error" : `${n} errors`), good: "The last good pages are shown below.", none: "Nothing to put right.", checking: "Checking…",
    page: (n) => `Page ${n}`, of: (n, all) => `${n} / ${all}`, toPage: (n) => `To page ${n}`, copy: "Copy place", copied: "Copied",
    several: (n) => `These words are made from ${n} fields:`, nowhere: "No words from the content files here.", source: "Show the lines",
    error: "Error", warning: "Warning", note: "Note", more: (n) => `${n} more`, fieldsOn: (n) => `${n} fields on this page`,
    turn: "Previous, next page", ends: "First, last page", fields: "Previous, next field of the page", dismiss: "Close the panels", nextLanguage: "Next language", nextEdition: "Next edition",
  },
};

let current = "en";

export function say(name, ...values) {
  const words = WORDS[current][name] ?? name;
  return typeof words === "function" ? words(...values) : words;
}

export const spoken = () => current;

// The name of a button for who hears it: what stands on it, then what it does.
export function label(element) {
  element.setAttribute("aria-label", `${element.textContent.trim()} ${say(element.dataset.name)}`.trim());
}

// Everything in the page that has words of its own says them in `language`.
export function speak(language) {
  current = language;
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  for (const element of document.querySelectorAll("[data-name]")) {
    const { name, key } = element.dataset;
    label(element);
    element.title = key ? `${say(name)}  ${key}` : say(name);
    if (key && key.length === 1 && key !== "−") element.setAttribute("aria-keyshortcuts", key);
  }
}
