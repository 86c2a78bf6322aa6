// WebKit as Debian has it (WebKitGTK's MiniBrowser), over WebDriver, on a display of its own.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { Builder, Capabilities } from "selenium-webdriver";

const LIBRARIES = "/usr/lib";
const ENGINE = "webkit2gtk-4.1/MiniBrowser";
/** Waiting gives up after this long: only a program that hangs needs it. */
const PATIENCE_MS = 60_000;

/** Where the parts are, or undefined where they are not installed. */
export function findWebKit() {
  const driver = process.env.WEBKIT_DRIVER || "/usr/bin/WebKitWebDriver";
  const display = "/usr/bin/Xvfb";
  const folders = existsSync(LIBRARIES) ? readdirSync(LIBRARIES).map((name) => `${LIBRARIES}/${name}/${ENGINE}`) : [];
  const browser = folders.find((path) => existsSync(path));
  return browser && existsSync(driver) && existsSync(display) ? { driver, display, browser } : undefined;
}

/**
 * Starts the driver. `newSession` opens a browser with nothing remembered, as selenium-webdriver's `WebDriver`; `close`
 * ends all of them.
 */
export async function launchWebKit() {
  const found = findWebKit();
  if (!found) throw new Error("WebKit was not found; run npm run setup -- --test");
  const { child: screen, display } = await startDisplay(found.display);
  const port = await freePort();
  const driver = spawn(found.driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: "ignore",
  });
  const server = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${server}/status`)).ok);
  const sessions = new Set();
  const capabilities = new Capabilities({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: found.browser, args: ["--automation"] },
  });
  return {
    async newSession() {
      const session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
      await session.manage().setTimeouts({ script: PATIENCE_MS, pageLoad: PATIENCE_MS });
      sessions.add(session);
      return session;
    },
    async close() {
      for (const session of sessions) await session.quit().catch(() => {});
      driver.kill();
      screen.kill();
    },
  };
}

/** Xvfb chooses a display that is free, and says which on its fourth channel. */
function startDisplay(program) {
  const child = spawn(program, ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.stdio[3].once("data", (text) => resolve({ child, display: `:${String(text).trim()}` }));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(test) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await test().catch(() => false))) {
    if (Date.now() > deadline) throw new Error("WebKit's driver did not answer");
    await new Promise((next) => setTimeout(next, 100));
  }
}

/**
 * Calls a function in the page and resolves to what it returns. Like the other drivers it takes one argument that can be
 * written as JSON.
 */
export async function evaluateIn(session, work, argument) {
  const { value, error } = await session.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => (${work})(arguments[0])).then(
      (value) => done({ value: value === undefined ? null : value }),
      (error) => done({ error: String(error && error.stack ? error + "\\n" + error.stack : error) }),
    );`,
    argument === undefined ? null : argument,
  );
  if (error !== undefined) throw new Error(error);
  return value;
}
