// Blocks that Chromium runs. `before` runs in the page and gives what a block takes for granted; `task` is what the
// endpoint says of every task; `check` gets the page, what the block has printed, and tells whether all is well.
import assert from "node:assert/strict";
import { join } from "node:path";
import { transform } from "esbuild";
import { SCREENSHOTS } from "../matrix/project.mjs";
import { componentModule } from "./frameworks.mjs";

/** As the API has a task that is going on, and one that is done. Media are where the guides say that they are. */
const MEDIA = "https://media.browser-use.com/";
const RUNNING = { status: "running", gif: null, screenshots: SCREENSHOTS.map((name) => MEDIA + name) };
const DONE = { status: "finished", gif: "/replay.gif", screenshots: [] };
const NEVER = { status: "finished", gif: null, screenshots: [] };

const withShots = async () => {
  globalThis.screenshots = await Promise.all(["/00.png", "/03.png"].map(async (path) => (await fetch(path)).blob()));
  globalThis.shots = globalThis.screenshots;
  globalThis.taskId = "7f3c";
  globalThis.image = document.querySelector("img");
};
const withTask = async () => {
  const steps = ["/00.png", "/03.png"].map((screenshot, index) => ({
    number: index + 1,
    next_goal: "Go on",
    screenshot,
  }));
  globalThis.task = { id: "t", task: "Buy a kettle", status: "finished", output: "Bought", steps };
};
const shown = (page) => page.waitForFunction(() => document.querySelector("img")?.naturalWidth === 420);
const isState = (page, state) =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll("task-gif")].every((one) => one.state === wanted),
    state,
  );

export const IN_PAGE = {
  "README.md 2": {
    before: () => {
      globalThis.screenshots = ["/00.png", "/03.png"];
      globalThis.image = document.querySelector("img");
    },
    check: shown,
  },
  "errors.md 1": {
    before: withShots,
    check: (_page, lines) =>
      assert.match(lines.join("\n"), /Only one screenshot was taken A replay needs at least two/),
  },
  "element.md 1": { task: DONE, check: (page) => isState(page, "ready") },
  "element.md 2": {
    before: async () => {
      const steps = ["/00.png", "/03.png"].map((screenshot, index) => ({
        number: index + 1,
        next_goal: `Goal ${index + 1}`,
        screenshot,
      }));
      globalThis.task = { steps };
      await import("task-gif/define");
      document.body.append(document.createElement("task-gif"));
    },
    async check(page, lines) {
      await isState(page, "ready");
      assert.equal(lines[0], "1 Goal 1");
    },
  },
  "element.md 3": {
    task: NEVER,
    before: () => import("task-gif/define"),
    async check(page) {
      await isState(page, "unavailable");
      assert.ok(await page.isVisible("text=Read its log"));
    },
  },
  "element.md 4": {
    before: async () => {
      await import("task-gif/define");
      document.body.append(document.createElement("task-gif"));
    },
    async check(page) {
      const color = await page.evaluate(() =>
        getComputedStyle(document.querySelector("task-gif")).getPropertyValue("--task-gif-accent"),
      );
      assert.equal(color.trim(), "#0a7");
    },
  },
  "element.md 5": {
    before: async () => {
      await import("task-gif/define");
      globalThis.shots = await Promise.all(["/00.png", "/03.png"].map(async (path) => (await fetch(path)).blob()));
      globalThis.setStep = (index) => (globalThis.step = index);
    },
    async check(page) {
      await isState(page, "ready");
      await page.waitForFunction(() => globalThis.step === 0);
    },
  },
  "frameworks.md 1": { before: withShots, check: shown },
  "frameworks.md 2": { before: withShots, component: "Replay", check: shown },
  "frameworks.md 3": { before: withShots, component: "default", check: shown },
  "frameworks.md 4": { before: withShots, component: "default", check: shown },
  "migrating.md 3": {
    after: "globalThis.result = gif.frames.length;",
    // A card with the task, and two steps.
    check: async (page) => assert.equal(await page.evaluate(() => globalThis.result), 3),
  },
  "migrating.md 4": {
    before: () => {
      globalThis.canvases = ["red", "blue"].map((color) => {
        const canvas = new OffscreenCanvas(60, 40);
        const context = canvas.getContext("2d");
        context.fillStyle = color;
        context.fillRect(0, 0, 60, 40);
        return canvas;
      });
    },
    after: "globalThis.result = blob.type;",
    check: async (page) => assert.equal(await page.evaluate(() => globalThis.result), "image/gif"),
  },
  "migrating.md 5": {
    before: () => {
      const picture = (value) => new Uint8ClampedArray(60 * 40 * 4).fill(value);
      Object.assign(globalThis, { pictures: [picture(255), picture(128)], width: 60, height: 40 });
    },
    after: "globalThis.result = String.fromCharCode(...bytes.slice(0, 6));",
    check: async (page) => assert.equal(await page.evaluate(() => globalThis.result), "GIF89a"),
  },
  "list-of-runs.md 1": { task: DONE, check: (page) => isState(page, "ready") },
  "offline-reports.md 1": { before: withTask, downloads: "report.html" },
  "quick-start.md 2": {
    before: () =>
      document.body.append(Object.assign(document.createElement("input"), { type: "file", multiple: true })),
    async check(page, _, folder) {
      await page.setInputFiles(
        "input",
        SCREENSHOTS.map((name) => join(folder, name)),
      );
      await page.waitForFunction(() => document.querySelector("img").src.startsWith("blob:"));
    },
  },
  "live-recording.md 3": {
    before: () => {
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d");
      const fill = (color) => {
        context.fillStyle = color;
        context.fillRect(0, 0, canvas.width, canvas.height);
      };
      fill("red");
      const stream = canvas.captureStream();
      navigator.mediaDevices.getDisplayMedia = async () => stream;
      // A stream shows what is drawn while it is listened to.
      const timer = setInterval(() => fill(globalThis.count ? "blue" : "red"), 20);
      globalThis.showCount = (count) => {
        globalThis.count = count;
      };
      globalThis.endSharing = () => {
        clearInterval(timer);
        stream.getVideoTracks()[0].dispatchEvent(new Event("ended"));
      };
    },
    async check(page) {
      await page.waitForFunction(() => globalThis.count === 2);
      await page.evaluate(() => globalThis.endSharing());
      await page.waitForFunction(() => document.querySelector("img").naturalWidth === 300);
    },
  },
  "quick-start.md 3": {
    after: "globalThis.result = gif.frames.length;",
    check: async (page) => assert.equal(await page.evaluate(() => globalThis.result), 2),
  },
  "quick-start.md 5": {
    after: "globalThis.result = gif.frames.length;",
    check: async (page) => assert.equal(await page.evaluate(() => globalThis.result), 2),
  },
  "task-endpoint.md 1": {
    task: RUNNING,
    before: withShots,
    check: (_, lines) => assert.equal(lines[0], "local there is no GIF: the task is not finished"),
  },
  "task-endpoint.md 2": {
    task: DONE,
    before: () => {
      globalThis.taskId = "7f3c";
      globalThis.show = (url) => (globalThis.result = url);
    },
    check: async (page) => assert.match(await page.evaluate(() => globalThis.result), /\/replay\.gif$/),
  },
  "task-endpoint.md 3": {
    task: DONE,
    before: () => {
      globalThis.taskId = "7f3c";
      globalThis.signal = new AbortController().signal;
      globalThis.show = (...told) => (globalThis.result = told);
    },
    check: async (page) => assert.match(String(await page.evaluate(() => globalThis.result)), /^finished,\d+,/),
  },
};

/** Runs a block in a new page; `site` is where the project is served, and `files` its folder. */
export async function runInPage(browser, { url, folder, write }, name, { language, code }, how) {
  const id = name.replace(/\W+/g, "-");
  const page = await browser.newPage();
  const lines = [];
  page.on("console", (message) => message.type() === "log" && lines.push(message.text()));
  try {
    await page.route(`${MEDIA}**`, (route) =>
      route.fulfill({
        path: join(folder, new URL(route.request().url()).pathname),
        headers: { "access-control-allow-origin": "*" },
      }),
    );
    await page.goto(`${url}blank.html`);
    if (how.before) await page.evaluate(how.before);
    if (language === "html") await page.evaluate(addHtml, code);
    else if (language === "css") await page.addStyleTag({ content: code });
    else {
      write(`${id}.js`, await moduleOf(language, code, how));
      const download = how.downloads && page.waitForEvent("download");
      const failure = await page.evaluate(load, {
        path: `/${id}.js`,
        isComponent: how.component !== undefined || language === "jsx",
      });
      assert.equal(failure, "");
      if (download) assert.equal((await download).suggestedFilename(), how.downloads);
    }
    await how.check?.(page, lines, folder);
  } finally {
    await page.close();
  }
}

async function moduleOf(language, code, { component, after = "" }) {
  if (component) return componentModule(language, code, component);
  if (language === "jsx") return componentModule("tsx", `export default () => (${code.trim().replace(/;$/, "")});`);
  const { code: script } = await transform(`${code}\n${after}`, { loader: "ts", format: "esm" });
  return script;
}

// Scripts in HTML that is put in by a script do not run unless they are made anew.
function addHtml(code) {
  const place = document.createElement("div");
  place.innerHTML = code;
  document.body.append(place);
  for (const script of place.querySelectorAll("script")) {
    const again = Object.assign(document.createElement("script"), { type: script.type, src: script.src });
    script.replaceWith(again);
  }
  return customElements.whenDefined("task-gif").then(() => {});
}

async function load({ path, isComponent }) {
  try {
    const { mount } = await import(path);
    if (!isComponent) return "";
    const place = document.createElement("div");
    document.querySelector("img").replaceWith(place);
    mount(place, { screenshots: globalThis.screenshots });
    return "";
  } catch (error) {
    return `${error.code ?? error.name}: ${error.message}`;
  }
}
