// Blocks that Node runs. `before` gives what a block takes for granted, as properties of `globalThis`; `after` is put
// behind the block and sees what it has made; `says` is what the two have to print.

/** Where a block says that its page is; here that page is a file of ours. */
const PAGE = "https://shop.example/";
const STALL = new URL("../../runs/remake/stall.html", import.meta.url).href;
/** Starts the browser of this machine, whatever the driver would start. */
const CHROMIUM = `const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";
const args = ["--no-sandbox", "--disable-dev-shm-usage"];`;
const launchOf = (driver) => `${CHROMIUM}
const launch = ${driver}.launch.bind(${driver});
${driver}.launch = () => launch({ executablePath, args, slowMo: 100 });`;
const COUNT =
  'console.log(gif.frames.length, gif.stats.warnings.length, (await import("node:fs")).existsSync("replay.gif"));';

const SHOTS = 'globalThis.screenshots = ["00.png", "03.png"].map((name) => readFileSync(name));';
const TASK = `globalThis.task = { id: "t", task: "Buy a kettle", status: "finished", output: "Bought", steps: [
  { number: 1, next_goal: "Open the shop", url: "https://shop.example/", screenshot: "00.png" },
  { number: 2, next_goal: "Search for a kettle", url: "https://shop.example/", screenshot: "03.png" }] };
globalThis.resolve = (name) => readFileSync(name);`;

export const IN_NODE = {
  "captions.md 1": {
    before: TASK,
    after: "console.log(gif.frames.length, gif.height > 260, gif.stats.warnings.length);",
    says: /^3 true 0$/,
  },
  "captions.md 2": {
    before: SHOTS,
    after: `const { assembleGif } = await import("task-gif");
      const [first, second] = screenshots;
      const gif = await assembleGif([{ image: first, url: "https://a.example/" }, { image: second, caption: "Done" }], { captions });
      console.log(gif.frames.length, gif.stats.warnings.length);`,
    says: /^2 0$/,
  },
  "captions.md 4": {
    before: "",
    after: 'console.log(GlobalFonts.has("Inter"));',
    says: /^true$/,
  },
  "compare.md 1": {
    before: `${TASK} globalThis.traceBefore = readFileSync("history.json", "utf8");
      globalThis.traceAfter = readFileSync("history.json", "utf8").replace("Search for a kettle", "Look for a kettle");`,
    after: "console.log(gif.frames.length);",
    says: /^same 0 0 \nchanged 1 1 caption\n2$/,
  },
  "camera.md 1": { before: SHOTS, after: "", says: /^\[\s+undefined,\s+\{ left: \d+/ },
  "length.md 1": {
    before: SHOTS,
    after: "",
    says: /^\d+ \{ fullMs: \d+, holdsMs: 0, lookMs: 0, captionsMs: 0, leftOut: \[\] \}$/,
  },
  "live-recording.md 1": {
    before: `${SHOTS} globalThis.agentSteps = async function* () {
      for (const screenshot of screenshots) yield { screenshot, goal: "Go on", url: "https://a.example/" };
    };`,
    after: "console.log(gif.frames.length);",
    says: /^2$/,
  },
  "live-recording.md 2": {
    before: "globalThis.stopButton = new EventTarget();",
    after: `stopButton.dispatchEvent(new Event("click"));
      console.log(await recorder.finish().catch(({ name }) => name));`,
    says: /^AbortError$/,
  },
  "click-markers-and-redaction.md 1": {
    before: `${SHOTS} const [first, second] = screenshots; Object.assign(globalThis, { first, second, third: first });`,
    after: `const { inspectGif } = await import("task-gif/inspect");
      const { steps } = await inspectGif(gif);
      console.log(steps.map(({ caption }) => caption).join());`,
    says: /^Open the shop,Log in,Add the chair to the cart$/,
  },
  "click-markers-and-redaction.md 2": {
    before: `${SHOTS} const { assembleGif } = await import("task-gif");
      const steps = screenshots.map((image, index) => ({ image, number: index + 1, caption: ["Open the shop", "Log in"][index] }));
      globalThis.gif = await assembleGif(steps, { embedSteps: true });`,
    after: "console.log(JSON.stringify(steps[0]));",
    says: /^\{"number":1,"caption":"Open the shop","frame":0\}$/,
  },
  "offline-reports.md 2": {
    before: TASK,
    after: `const { readFileSync } = await import("node:fs");
      console.log(readFileSync("report.html", "utf8").includes("data:image/gif;base64,"), readFileSync("report.md", "utf8").includes("replay.gif"));`,
    says: /^true true$/,
  },
  "own-worker.md 3": {
    before: "",
    after: "",
    says: /^420x260, 2 frames$/,
  },
  "quick-start.md 7": {
    before: "globalThis.screenshots = [];",
    after: "",
    says: /^TOO_FEW_SCREENSHOTS undefined .*2/,
  },
  "records.md 1": {
    before: `globalThis.file = new File([readFileSync("history.json")], "history.json");`,
    after: "console.log(runs.length, gif.frames.length);",
    says: /^1 2$/,
  },
  "recipes.md 3": {
    page: true,
    before: `import { chromium } from "playwright";\n${launchOf("chromium")}`,
    after: `console.log(run.screenshots.map(({ caption }) => caption.split(" ")[0]).join()); ${COUNT}`,
    says: /^Go,Fill,Click\n3 0 true$/,
  },
  "recipes.md 4": {
    page: true,
    before: `import puppeteer from "puppeteer";\n${launchOf("puppeteer")}`,
    after: COUNT,
    says: /^3 0 true$/,
  },
  "recipes.md 5": {
    page: true,
    before: `import { Builder } from "selenium-webdriver";
      import chrome from "selenium-webdriver/chrome.js";
      ${CHROMIUM}
      const build = Builder.prototype.build;
      Builder.prototype.build = function () {
        const options = new chrome.Options().setChromeBinaryPath(executablePath).addArguments("--headless=new", ...args);
        this.setChromeService(new chrome.ServiceBuilder(process.env.CHROMEDRIVER || "/usr/bin/chromedriver"));
        return build.call(this.setChromeOptions(options));
      };`,
    after: COUNT,
    says: /^3 0 true$/,
  },
  "recipes.md 9": {
    before: `const screenshot = (name) => ({ type: "image", source: { type: "base64", media_type: "image/png", data: readFileSync(name).toString("base64") } });
      const turn = (id, action, name) => [
        { role: "assistant", content: [{ type: "tool_use", id, name: "computer", input: { action, coordinate: [40, 30] } }] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: [screenshot(name)] }] },
      ];
      globalThis.messages = [{ role: "user", content: "Buy a kettle" }, ...turn("a", "screenshot", "00.png"), ...turn("b", "left_click", "03.png")];`,
    after: COUNT,
    says: /^2 0 true$/,
  },
  "self-hosting.md 9": {
    before: "",
    after: `const answer = await server.fetch(new Request("http://localhost/api/v1/tasks?page=1&limit=10"));
      console.log("status", answer.status);
      await server.stop();`,
    says: /status 200$/,
  },
  "size-limit.md 1": {
    before: SHOTS,
    after: "if (gif.blob.size > 5_000_000) throw new Error();",
    says: /^\d+ \{ scale: 1, colors: 256, lossy: \d+, dropped: 0, attempts: 1 \}$/,
  },
  "task-endpoint.md 4": {
    before: `process.env.BROWSER_USE_API_KEY = "k";
      globalThis.sessions = { userOf: async ({ headers }) => headers.cookie ?? null };
      globalThis.tasks = { isOwner: async (user, taskId) => user === taskId };`,
    after: `const ask = (cookie) => fetch("http://localhost:8787/api/v1/task/ann/gif", cookie ? { headers: { cookie } } : {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      console.log((await ask()).status, (await ask("bob")).status);
      process.exit();`,
    says: /^401 404$/,
  },
};

/** Runs a block in a project; returns what it prints. */
export function runInNode(project, name, code, { before, after, page = false }) {
  const id = name.replace(/\W+/g, "-");
  project.write(`${id}-before.mjs`, `import { readFileSync } from "node:fs";\n${before}\n`);
  project.write(`${id}.mjs`, `import "./${id}-before.mjs";\n${page ? code.replaceAll(PAGE, STALL) : code}\n${after}\n`);
  return project.run("--no-warnings", `${id}.mjs`).trim();
}
