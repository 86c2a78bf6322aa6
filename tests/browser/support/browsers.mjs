// Starts the browsers that the tests drive.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

const CHROMIUM = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"];
const FIREFOX = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** Chromium over Playwright. */
export function launchChromium() {
  return chromium.launch({
    executablePath: found(CHROMIUM, "Chromium"),
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}

/** Firefox over WebDriver BiDi. */
export function launchFirefox() {
  return puppeteer.launch({ browser: "firefox", executablePath: found(FIREFOX, "Firefox"), headless: true });
}

function found(paths, name) {
  const path = paths.find((candidate) => candidate && existsSync(candidate));
  if (!path) throw new Error(`${name} was not found; run npm run setup`);
  return path;
}
