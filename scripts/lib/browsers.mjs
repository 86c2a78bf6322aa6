// The browsers the tests drive, wherever they are installed.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { aptCommand, aptInstall, aptObstacle, isDebian } from "./apt.mjs";
import { isExecutable, read, which } from "./process.mjs";
import { StepError, say } from "./report.mjs";

const PROGRAMS = {
  chromium: {
    variable: "CHROMIUM_PATH",
    names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    paths: ["/usr/bin/chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
    debian: "chromium",
    title: "Chromium or Chrome",
  },
  chromedriver: {
    variable: "CHROMEDRIVER",
    names: ["chromedriver"],
    paths: ["/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver"],
    debian: "chromium-driver",
    title: "ChromeDriver of the same version as the browser",
  },
  firefox: {
    variable: "FIREFOX_PATH",
    names: ["firefox-esr", "firefox"],
    paths: ["/usr/bin/firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    debian: "firefox-esr",
    title: "Firefox 140 or newer",
  },
};

/** The full path of "chromium", "chromedriver" or "firefox": the variable first, then PATH, then the usual places. */
export function findBrowser(name) {
  const { variable, names, paths } = PROGRAMS[name];
  const given = process.env[variable];
  if (given) return isExecutable(given) ? given : undefined;
  return which(...names) ?? paths.find(isExecutable);
}

/** The variables that tell the tests where the browsers are. */
export function browserVariables() {
  return Object.fromEntries(Object.entries(PROGRAMS).map(([name, { variable }]) => [variable, findBrowser(name)]));
}

/** Installs the browsers that are missing. */
export async function ensureBrowsers() {
  const missing = () => Object.keys(PROGRAMS).filter((name) => !findBrowser(name));
  const absent = missing().map((name) => PROGRAMS[name]);
  if (absent.length === 0) return;
  const advice = [
    "The tests need these programs; install them by hand, or name the ones you have in the variables:",
    ...absent.map(({ title, variable }) => `  ${title} (${variable})`),
    ...(isDebian() ? [`On Debian: ${aptCommand(absent.map(({ debian }) => debian))}`] : []),
  ].join("\n");
  // Debian recommends fonts with its browsers; pages in tests need at least one family.
  const packages = [...absent.map(({ debian }) => debian), "fonts-liberation"];
  await aptInstall("browsers", packages, advice);
  if (missing().length > 0) throw new StepError(`still missing: ${missing().join(", ")}`, advice);
}

const WEBKIT = {
  packages: ["webkit2gtk-driver", "xvfb"],
  driver: "/usr/bin/WebKitWebDriver",
  display: "/usr/bin/Xvfb",
  libraries: "/usr/lib",
  browser: "webkit2gtk-4.1/MiniBrowser",
};

/** The parts of Debian's WebKit, `{ driver, display, browser }`, or undefined where one is not installed. */
export function findWebKit() {
  const { driver, display, libraries } = WEBKIT;
  const folders = existsSync(libraries) ? readdirSync(libraries) : [];
  const browser = folders.map((name) => join(libraries, name, WEBKIT.browser)).find(isExecutable);
  return browser && isExecutable(driver) && isExecutable(display) ? { driver, display, browser } : undefined;
}

/** Installs WebKit where Debian's packages can be; elsewhere its tests are left out, and this says so. */
export async function ensureWebKit() {
  if (findWebKit()) return;
  const advice = `On Debian: ${aptCommand(WEBKIT.packages)}`;
  const obstacle = aptObstacle();
  if (obstacle) say("webkit", `not installed, so its tests are left out: ${obstacle}. ${advice}`);
  else await aptInstall("webkit", WEBKIT.packages, advice);
}

/** Other decoders that tests compare with, needed only when a test mentions them. */
const DECODERS = [
  { name: "ffmpeg", debian: "ffmpeg", pattern: /\bffmpeg\b/, find: () => which("ffmpeg") },
  { name: "Pillow", debian: "python3-pil", pattern: /\bPIL\b|\bPillow\b/, find: findPython },
];

/** A Python that can import Pillow; the first one on PATH need not be the one Debian's package is for. */
export function findPython() {
  const candidates = [process.env.PYTHON, which("python3"), "/usr/bin/python3"];
  return candidates.find((python) => python && read(python, ["-c", "import PIL"]) !== undefined);
}

/** Installs the decoders that `text`, the tests' source, mentions. */
export async function ensureDecoders(text) {
  const absent = DECODERS.filter(({ pattern, find }) => pattern.test(text) && !find());
  if (absent.length === 0) return;
  const packages = absent.map(({ debian }) => debian);
  const names = absent.map(({ name }) => name).join(" and ");
  await aptInstall("decoders", packages, `Some tests compare with ${names}. On Debian: ${aptCommand(packages)}`);
}
