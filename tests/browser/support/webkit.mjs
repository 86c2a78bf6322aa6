// WebKit as Debian has it (WebKitGTK's MiniBrowser), over WebDriver, on a display of its own.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { Builder, Capabilities } from "selenium-webdriver";
import { findWebKit } from "../../../scripts/lib/browsers.mjs";

/** Waiting gives up after this long: only a program that hangs needs it. */
const PATIENCE_MS = 60_000;

/**
 * Starts the driver. `newSession` opens a browser with nothing remembered, as selenium-webdriver's `WebDriver`, in
 * place of the last one; `close` ends it all.
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
  let current;
  const capabilities = new Capabilities({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: found.browser, args: ["--automation"] },
  });
  return {
    async newSession() {
      // The driver has one session at a time; one that a failed test has left must not fail the next.
      await current?.quit().catch(() => {});
      const session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
      await session.manage().setTimeouts({ script: PATIENCE_MS, pageLoad: PATIENCE_MS });
      current = session;
      return session;
    },
    async close() {
      await current?.quit().catch(() => {});
      driver.kill();
      screen.kill();
    },
  };
}

/** WebKit with the calls of the other drivers' browsers that tests use: `newPage`, and of a page `goto`, `evaluate`, `close`. */
export async function launchWebKitBrowser() {
  const { newSession, close } = await launchWebKit();
  return {
    async newPage() {
      const session = await newSession();
      return {
        goto: (url) => session.get(url),
        evaluate: (work, argument) =>
          typeof work === "string" ? session.executeScript(work) : evaluateIn(session, work, argument),
        close: () => session.quit(),
      };
    },
    close,
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
