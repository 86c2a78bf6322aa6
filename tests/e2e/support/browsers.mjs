// One way to drive a page, over Playwright in Chromium and over WebDriver BiDi in Firefox.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

/** Waiting gives up after this long: only a page that hangs needs it. */
const PATIENCE_MS = 120_000;

// Violations of the page's policy are collected from the first moment on.
const watchPolicy = () => {
  globalThis.policyViolations = [];
  addEventListener("securitypolicyviolation", (event) => {
    globalThis.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`);
  });
};

/** The browsers that the tests run in. */
export const BROWSERS = ["Chromium", "Firefox"];

/**
 * Starts a browser. `openPage` gives `{ evaluate, waitFor, click, press, reload, setFiles, download, problems, close }`; it
 * takes `{ width, height, stillness }`.
 */
export async function launch(name) {
  return name === "Chromium" ? launchChromium() : launchFirefox();
}

async function launchChromium() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  return {
    async openPage(url, { width = 1440, height = 900, stillness = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        reducedMotion: stillness ? "reduce" : "no-preference",
        acceptDownloads: true,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const errors = collectErrors(page);
      await page.addInitScript(watchPolicy);
      await page.goto(url);
      return {
        ...common(page, errors),
        waitFor: (test, argument) => page.waitForFunction(test, argument),
        click: (selector) => page.locator(selector).first().click(),
        setFiles: (selector, paths) => page.setInputFiles(selector, paths),
        async download(selector) {
          const [download] = await Promise.all([page.waitForEvent("download"), page.locator(selector).click()]);
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
    extraPrefsFirefox: {
      "browser.download.folderList": 2,
      "browser.download.dir": folder,
      "browser.download.useDownloadDir": true,
      "browser.download.alwaysOpenPanel": false,
    },
  });
  return {
    async openPage(url, { width = 1440, height = 900 } = {}) {
      // What one page remembers is not for the next.
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.setViewport({ width, height });
      const errors = collectErrors(page);
      await page.evaluateOnNewDocument(watchPolicy);
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
        async download(selector) {
          const before = new Set(await readdir(folder));
          const element = await page.waitForSelector(selector);
          await element.click();
          return waitForFile(folder, before);
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
async function waitForFile(folder, before) {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const fresh = (await readdir(folder)).filter((name) => !before.has(name));
    const done = fresh.find((name) => name.endsWith(".gif"));
    if (done && !fresh.some((name) => name.endsWith(".part"))) {
      const bytes = await readFile(join(folder, done));
      if (bytes.at(-1) === 0x3b) return { name: done, bytes };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no GIF arrived in the download folder; it holds: ${(await readdir(folder)).join(", ")}`);
}
