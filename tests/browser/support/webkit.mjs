// WebKit as Debian has it (WebKitGTK's MiniBrowser), over WebDriver, on a display of its own.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { Builder, Capabilities } from "selenium-webdriver";
import { findWebKit } from "../../../scripts/lib/browsers.mjs";

/** Waiting for a page gives up after this long: only a program that hangs needs it. */
const PATIENCE_MS = 60_000;
/** The driver begins a session within a second, or hangs: then another driver is tried, with more patience each time. */
const BEGIN_MS = [6000, 20_000, PATIENCE_MS];
const END_MS = 5000;

/** The name of a socket that whoever drives WebKit listens on. It belongs to no file, and goes with its process. */
const TURN = "\0task-gif-webkit-tests";
const TURN_STEP_MS = 200;

/**
 * Starts the driver. `newSession` opens a browser with nothing remembered, as selenium-webdriver's `WebDriver`, in
 * place of the last one, which `endSession` closes; `close` ends it all.
 */
export async function launchWebKit() {
  const found = findWebKit();
  if (!found) throw new Error("WebKit was not found; run npm run setup -- --test");
  const turn = await takeTurn();
  const { child: screen, display } = await startDisplay(found.display);
  const capabilities = new Capabilities({
    browserName: "MiniBrowser",
    unhandledPromptBehavior: "accept",
    "webkitgtk:browserOptions": { binary: found.browser, args: ["--automation"] },
  });
  let driver;
  let current;
  /** The driver has one session at a time; one that a failed test has left must not fail the next. */
  const endSession = async () => {
    const session = current;
    current = undefined;
    const hasEnded = await within(session?.quit(), END_MS).catch(() => false);
    if (hasEnded === false) driver = driver?.stop();
  };
  const begin = async (patienceMs) => {
    driver ??= await startDriver(found.driver, display);
    const session = new Builder().usingServer(driver.server).withCapabilities(capabilities).build();
    // One that is given up on may fail later.
    session.catch(() => {});
    await within(session.manage().setTimeouts({ script: PATIENCE_MS, pageLoad: PATIENCE_MS }), patienceMs);
    return session;
  };
  return {
    endSession,
    async newSession() {
      await endSession();
      let failure;
      for (const patienceMs of BEGIN_MS) {
        try {
          current = await begin(patienceMs);
          return current;
        } catch (error) {
          failure = error;
          driver = driver?.stop();
        }
      }
      throw failure;
    },
    async close() {
      await endSession();
      driver?.stop();
      screen.kill();
      turn.close();
    },
  };
}

/** Waits until no other process drives WebKit: two drivers at once have kept each other waiting for minutes. */
async function takeTurn() {
  for (;;) {
    const server = createServer();
    const isFree = await new Promise((resolve) => {
      server.once("error", () => resolve(false)).listen(TURN, () => resolve(true));
    });
    // A test file that forgets to close its browser ends all the same.
    if (isFree) return server.unref();
    await new Promise((next) => setTimeout(next, TURN_STEP_MS));
  }
}

/** Starts the driver on a port that was free a moment ago: `{ server, stop }`, where `stop` ends its browser too. */
async function startDriver(program, display) {
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display };
  const child = spawn(program, [`--port=${port}`], { env, stdio: "ignore", detached: true });
  const stop = () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
  };
  const server = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + PATIENCE_MS;
  const isReady = () =>
    fetch(`${server}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      stop();
      throw new Error("WebKit's driver did not answer");
    }
    await new Promise((next) => setTimeout(next, 100));
  }
  return { server, stop };
}

/** What `work` resolves to, or an error after `ms`. */
async function within(work, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`WebKit's driver did not answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** WebKit with the calls of the other drivers' browsers that tests use: `newPage`, and of a page `goto`, `evaluate`, `close`. */
export async function launchWebKitBrowser() {
  const { newSession, endSession, close } = await launchWebKit();
  return {
    async newPage() {
      const session = await newSession();
      return {
        goto: (url) => session.get(url),
        evaluate: (work, argument) =>
          typeof work === "string" ? session.executeScript(work) : evaluateIn(session, work, argument),
        close: endSession,
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
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}`)));
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

/**
 * Calls a function in the page and resolves to what it returns. Like the other drivers it takes one argument that can be
 * written as JSON.
 */
export async function evaluateIn(session, work, argument) {
  const answer = session.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
    Promise.resolve().then(() => (${work})(arguments[0])).then(
      (value) => done({ value: value === undefined ? null : value }),
      (error) => done({ error: String(error && error.stack ? error + "\\n" + error.stack : error) }),
    );`,
    argument === undefined ? null : argument,
  );
  // The browser's own limit for scripts comes first, unless the browser hangs.
  const { value, error } = await within(answer, 2 * PATIENCE_MS);
  if (error !== undefined) throw new Error(error);
  return value;
}
