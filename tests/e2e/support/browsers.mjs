// One way to drive a page: over Playwright in Chromium, over WebDriver BiDi in Firefox, over WebDriver in WebKit.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { findWebKit } from "../../../scripts/lib/browsers.mjs";
import { launchChromium as launchPlaywright, START_MS } from "../../browser/support/browsers.mjs";
import { launchWebKitPages } from "./webkit-pages.mjs";

/** Waiting gives up after this long: only a page that hangs needs it. */
const PATIENCE_MS = 120_000;

// Violations of the page's policy are collected from the first moment on.
const watchPolicy = () => {
  globalThis.policyViolations = [];
  addEventListener("securitypolicyviolation", (event) => {
    globalThis.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
};

// What an earlier visit has left; what this one changes stays changed.
const remember = (memory) => {
  for (const [key, value] of Object.entries(memory)) {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify(value));
  }
};

/** The browsers that all tests run in: WebKit where it is installed. */
export const BROWSERS = ["Chromium", "Firefox", ...(findWebKit() ? ["WebKit"] : [])];

/**
 * Starts a browser. `openPage` gives `{ evaluate, waitFor, click, press, reload, setFiles, download, problems, close }`. It
 * takes `{ width, height, memory }`, where `memory` is what the page finds in its
 * storage, and in Chromium `{ stillness, dark, forcedColors, clipboard, lacks }`, the last of which names a feature of
 * the browser to go without.
 */
export async function launch(name) {
  if (name === "WebKit") return launchWebKitPages();
  return name === "Chromium" ? launchChromium() : launchFirefox();
}

async function launchChromium() {
  const browser = await launchPlaywright();
  return {
    async openPage(url, options = {}) {
      const { width = 1440, height = 900, stillness, dark, forcedColors, clipboard, memory = {}, lacks } = options;
      const context = await browser.newContext({
        viewport: { width, height },
        reducedMotion: stillness ? "reduce" : "no-preference",
        colorScheme: dark ? "dark" : "light",
        forcedColors: forcedColors ? "active" : "none",
        permissions: clipboard ? ["clipboard-read", "clipboard-write"] : [],
        acceptDownloads: true,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const errors = collectErrors(page);
      await page.addInitScript(watchPolicy);
      await page.addInitScript(remember, memory);
      if (lacks) await page.addInitScript((name) => delete globalThis[name], lacks);
      await page.goto(url);
      return {
        ...common(page, errors),
        waitFor: (test, argument) => page.waitForFunction(test, argument),
        click: (selector) => page.locator(selector).first().click(),
        setFiles: (selector, paths) => page.setInputFiles(selector, paths),
        async download(selector, _ending, act = () => page.locator(selector).click()) {
          const [download] = await Promise.all([page.waitForEvent("download"), act()]);
          return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
        },
        close: () => context.close(),
      };
    },
    close: () => browser.close(),
  };
}

async function launchFirefox() {
  const folder = await mkdtemp(join(tmpdir(), "task-gif-e2e-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX_PATH || "/usr/bin/firefox-esr",
    headless: true,
    timeout: START_MS,
    extraPrefsFirefox: {
      "browser.download.folderList": 2,
      "browser.download.dir": folder,
      "browser.download.useDownloadDir": true,
      "browser.download.alwaysOpenPanel": false,
    },
  });
  return {
    async openPage(url, { width = 1440, height = 900, memory = {} } = {}) {
      // What one page remembers is not for the next.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.setViewport({ width, height });
      const errors = collectErrors(page);
      await page.evaluateOnNewDocument(watchPolicy);
      await page.evaluateOnNewDocument(remember, memory);
      await page.goto(url);
      return {
        ...common(page, errors),
        waitFor: (test, argument) => page.waitForFunction(test, {}, argument),
        click: async (selector) => {
          const element = await page.waitForSelector(selector, { visible: true });
          await element.click();
        },
        async setFiles(selector, paths) {
          const input = await page.waitForSelector(selector);
          await input.uploadFile(...paths);
        },
        async download(selector, ending = ".gif", act = (element) => element.click()) {
          const before = new Set(await readdir(folder));
          const element = await page.waitForSelector(selector);
          await act(element);
          return waitForFile(folder, before, ending);
        },
        close: () => context.close(),
      };
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What both drivers call the same. */
function common(page, errors) {
  return {
    evaluate: (work, argument) => page.evaluate(work, argument),
    press: (key) => page.keyboard.press(key),
    reload: () => page.reload(),
    /** Everything the page complained about: uncaught errors, console errors, violations of its policy. */
    problems: async () => [...errors, ...(await page.evaluate(() => globalThis.policyViolations))],
  };
}

function collectErrors(page) {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}

/** Firefox writes a download under another name first, and there is no event for its end. */
async function waitForFile(folder, before, ending) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const fresh = (await readdir(folder)).filter((name) => !before.has(name));
    const done = fresh.find((name) => name.endsWith(ending));
    if (done && !fresh.some((name) => name.endsWith(".part"))) {
      const bytes = await readFile(join(folder, done));
      if (isWhole(bytes, ending)) return { name: done, bytes };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no ${ending} file arrived in the download folder; it holds: ${(await readdir(folder)).join(", ")}`);
}

/** A GIF ends with its trailer, a report with the end of its page. */
function isWhole(bytes, ending) {
  return ending === ".gif" ? bytes.at(-1) === 0x3b : bytes.subarray(-10).includes("</html>");
}
