// Pages of the dashboard in WebKit, driven as those of the other browsers are.
import { By, Key, until } from "selenium-webdriver";
import { evaluateIn, launchWebKit } from "../../browser/support/webkit.mjs";

/** Waiting gives up after this long: only a page that hangs needs it. */
const PATIENCE_MS = 120_000;

// What the page complains about. WebDriver has no scripts that run before the page's own, so that what happens while the
// page loads goes unseen here; the other browsers see it.
const watch = () => {
  globalThis.complaints ??= [];
  const { error: write } = console;
  console.error = (...said) => {
    globalThis.complaints.push(said.join(" "));
    write.apply(console, said);
  };
  addEventListener("error", (event) => globalThis.complaints.push(event.message));
  addEventListener("unhandledrejection", (event) => globalThis.complaints.push(String(event.reason)));
  addEventListener("securitypolicyviolation", (event) =>
    globalThis.complaints.push(`${event.violatedDirective}: ${event.blockedURI}`),
  );
};

// A page that asks before it is left would keep the browser open.
const leave = () => {
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
};

// The file of a link, or of the link that a button makes and clicks.
const downloadOf = async (selector) => {
  const element = document.querySelector(selector);
  const { prototype } = HTMLAnchorElement;
  const follow = prototype.click;
  const link = element.href
    ? element
    : await new Promise((resolve) => {
        prototype.click = function () {
          resolve(this);
        };
        element.click();
      });
  prototype.click = follow;
  const bytes = new Uint8Array(await (await fetch(link.href)).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { name: link.download, base64: btoa(text) };
};

/** Starts WebKit; `openPage` gives what `launch` of browsers.mjs says. Downloads are read where their link leads to. */
export async function launchWebKitPages() {
  const browser = await launchWebKit();
  return {
    async openPage(url, { width = 1440, height = 900, memory } = {}) {
      // Each page has a session of its own: what one remembers is not for the next.
      const session = await browser.newSession();
      await session.manage().window().setRect({ width, height, x: 0, y: 0 });
      const evaluate = (work, argument) => evaluateIn(session, work, argument);
      await session.get(url);
      if (memory) {
        await evaluate((stored) => {
          for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, JSON.stringify(value));
        }, memory);
        await session.navigate().refresh();
      }
      await evaluate(watch);
      const visible = async (selector) => {
        const element = await session.wait(until.elementLocated(By.css(selector)), PATIENCE_MS);
        return session.wait(until.elementIsVisible(element), PATIENCE_MS);
      };
      return {
        evaluate,
        async waitFor(test, argument) {
          const deadline = Date.now() + PATIENCE_MS;
          while (!(await evaluate(test, argument))) {
            if (Date.now() > deadline) throw new Error(`waiting for ${test} took more than ${PATIENCE_MS} ms`);
            await new Promise((next) => setTimeout(next, 50));
          }
        },
        click: async (selector) => (await visible(selector)).click(),
        press: (key) =>
          session
            .actions()
            .sendKeys(Key[key.replace(/^Arrow/, "ARROW_").toUpperCase()] ?? key)
            .perform(),
        async reload() {
          await session.navigate().refresh();
          await evaluate(watch);
        },
        async setFiles(selector, paths) {
          const input = await session.wait(until.elementLocated(By.css(selector)), PATIENCE_MS);
          await input.sendKeys(paths.join("\n"));
        },
        async download(selector) {
          await visible(selector);
          const { name, base64 } = await evaluate(downloadOf, selector);
          return { name, bytes: Buffer.from(base64, "base64") };
        },
        problems: () => evaluate(() => globalThis.complaints),
        async close() {
          await evaluate(leave);
          await browser.endSession();
        },
      };
    },
    close: () => browser.close(),
  };
}
