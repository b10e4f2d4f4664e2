// Drives headless Chromium: reads one JSON command a line, answers one JSON line each.
// node browse.mjs MODULES CHROMIUM PROFILE WIDTH HEIGHT SCHEME LOCALE
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const [modules, executablePath, profile, width, height, colorScheme, locale] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking";
const args = `${flags} --disable-component-update --disable-sync`.split(" ");
const viewport = { width: Number(width), height: Number(height) };
const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args, viewport, colorScheme, locale });
const page = context.pages()[0] ?? (await context.newPage());
const messages = [];
const requests = [];
page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => messages.push(String(error)));
page.on("request", (request) => requests.push(request.url()));

const commands = {
  open: ({ url }) => page.goto(url).then((answer) => answer.status()),
  // The page's policy forbids eval, which waitForFunction needs later than evaluate does.
  wait: async ({ script, timeout = 120000 }) => {
    for (const end = Date.now() + timeout; Date.now() < end; await new Promise((done) => setTimeout(done, 20))) {
      if (await page.evaluate(script)) return true;
    }
    throw new Error(`never true: ${script}`);
  },
  evaluate: ({ script }) => page.evaluate(script),
  press: ({ key }) => page.keyboard.press(key),
  click: ({ selector, position }) => page.click(selector, { position }),
  point: ({ x, y }) => page.mouse.click(x, y),
  resize: (size) => page.setViewportSize(size),
  shoot: ({ path }) => page.screenshot({ path }).then(() => path),
  messages: () => messages,
  requests: ({ forget }) => (forget ? requests.splice(0) : requests),
  axe: async () => {
    await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), values);
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html.slice(0, 160)) }));
  },
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { does, ...how } = JSON.parse(line);
    const answer = await Promise.resolve(how).then(commands[does]).then((value) => ({ value: value ?? null }), (error) => ({ error: String(error) }));
    console.log(JSON.stringify(answer));
  }
} finally {
  await context.close();
}
