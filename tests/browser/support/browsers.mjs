// Starts the browsers that the tests drive.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

const CHROMIUM = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"];
const FIREFOX = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox"];

/** A browser is given up on after this long: only one that hangs needs it. */
export const START_MS = 180_000;

/** Chromium over Playwright. */
export function launchChromium() {
  return chromium.launch({
    timeout: START_MS,
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
  const executablePath = found(FIREFOX, "Firefox");
  return puppeteer.launch({ browser: "firefox", executablePath, headless: true, timeout: START_MS });
}

function found(paths, name) {
  const path = paths.find((candidate) => candidate && existsSync(candidate));
  if (!path) throw new Error(`${name} was not found; run npm run setup`);
  return path;
}
