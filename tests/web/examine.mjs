// Opens a page in headless Chromium without script, then asks axe-core about it: one JSON object on stdout.
// node examine.mjs MODULES CHROMIUM FILE SCHEME WIDTH [SCREENSHOT]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, file, colorScheme, width, screenshot] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
const args = `${flags} --disable-component-update --disable-sync`.split(" ");
const browser = await chromium.launch({ executablePath, headless: true, args });
try {
  const viewport = { width: Number(width), height: 900 };
  const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
  const requests = [];
  const messages = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  const shape = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
    background: getComputedStyle(document.body).backgroundColor,
    unloaded: [...document.images].filter((image) => !image.complete || !image.naturalWidth).length,
  }));
  shape.linesBegunWithDots = await page.evaluate(() => {
    const begun = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let before = null;
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (let at = 0; at < node.data.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const [box] = range.getClientRects();
        if (!box) continue;
        if (node.data[at] === "·" && before && box.left < before.left) begun.push(node.parentNode.textContent);
        before = box;
      }
    }
    return begun;
  });
  await page.keyboard.press("Tab");
  const focus = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return { href: document.activeElement.getAttribute("href"), outline: parseFloat(style.outlineWidth) };
  });
  await page.evaluate(() => document.activeElement.blur());
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate(() => {
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return axe.run(document, { runOnly: { type: "tag", values } });
  });
  const brief = ({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 200)), why: nodes[0]?.failureSummary });
  const rules = { passes: found.passes.map((rule) => rule.id), violations: found.violations.map(brief) };
  console.log(JSON.stringify({ requests, messages, shape, focus, ...rules, incomplete: found.incomplete.map(brief) }));
} finally {
  await browser.close();
}
