// The examples, run as they stand, in a project that has installed the packed tarball.
import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveStatic } from "../../scripts/lib/static-server.mjs";
import { launchChromium } from "../browser/support/browsers.mjs";
import { componentModule } from "./blocks/frameworks.mjs";
import { createProject, SCREENSHOTS } from "./matrix/project.mjs";

const examples = fileURLToPath(new URL("../../www/examples/", import.meta.url));
let project;
let browser;
let server;

before(async () => {
  project = createProject();
  cpSync(examples, project.folder, { recursive: true });
  cpSync(join(project.folder, "node_modules/task-gif/dist"), join(project.folder, "dist"), { recursive: true });
  [browser, server] = await Promise.all([launchChromium(), serveStatic(project.folder)]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  project?.remove();
});

test("examples are short", () => {
  for (const name of readdirSync(examples).filter((name) => !["proxy.mjs", "kubernetes.yaml"].includes(name))) {
    assert.ok(readFileSync(join(examples, name), "utf8").split("\n").length <= 61, name);
  }
});

test("the plain page shows the GIF of chosen files", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.url}plain.html`);
  await page.setInputFiles(
    "input",
    SCREENSHOTS.map((name) => join(project.folder, name)),
  );
  await page.waitForFunction(() => /frames|expected/.test(document.querySelector("p").textContent));
  assert.match(await page.textContent("p"), /^2 frames, \d+ kB$/);
  assert.match(await page.getAttribute("img", "src"), /^blob:/);
  await page.close();
});

test("the React card shows the replay of a task, why it was made here, and what went wrong", async () => {
  const jsx = readFileSync(join(examples, "replay-card.jsx"), "utf8");
  project.write("card.js", await componentModule("tsx", jsx, "ReplayCard"));
  project.write(
    "card.html",
    '<!doctype html><script type="importmap">{"imports":{"task-gif":"./dist/index.js"}}</script><main></main>',
  );
  const page = await browser.newPage();
  const problems = [];
  page.on("console", (message) => ["warning", "error"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`${server.url}card.html`);
  const show = (props) =>
    page.evaluate(
      async ({ props, names }) => {
        const { mount } = await import("./card.js");
        const screenshots = names && (await Promise.all(names.map(async (name) => (await fetch(name)).blob())));
        globalThis.root?.unmount();
        globalThis.asked = 0;
        // What a card needs of a client: here one whose server has no GIF and no screenshots.
        const refuse = async () => {
          globalThis.asked += 1;
          throw new Error("the server has gone home");
        };
        const client = {
          fetchTaskGif: refuse,
          fetchScreenshots: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }),
        };
        const place = document.querySelector("main").appendChild(document.createElement("div"));
        globalThis.root = mount(place, { taskId: "t", ...props, ...(screenshots ? { screenshots } : { client }) });
      },
      { props, names: props.names },
    );

  await show({ title: "Buying a kettle", names: SCREENSHOTS });
  await page.waitForFunction(() => document.querySelector("img")?.naturalWidth === 420);
  assert.equal(await page.getAttribute("img", "alt"), "Replay of Buying a kettle");
  assert.match(
    await page.textContent("figcaption"),
    /^2 steps, \d+ kB, made here, since no client was given to ask\. Download$/,
  );
  assert.equal(await page.getAttribute("a", "download"), "t.gif");

  await show({ title: "Lost" });
  await page.waitForSelector("[role=alert]");
  assert.match(await page.textContent("[role=alert]"), /the server has gone home Try again$/);
  const before = await page.evaluate(() => globalThis.asked);
  await page.click("button");
  await page.waitForFunction((count) => globalThis.asked > count, before);
  await page.waitForSelector("[role=alert]");
  assert.deepEqual(problems, []);
  await page.close();
});

test("the live recorder takes a picture of each change", async () => {
  const page = await browser.newPage();
  project.write(
    "live.html",
    '<!doctype html><script type="importmap">{"imports":{"task-gif":"./dist/index.js"}}</script><canvas></canvas>',
  );
  await page.goto(`${server.url}live.html`);
  const result = await page.evaluate(async () => {
    const { recordLive } = await import("./live-recorder.js");
    const canvas = document.querySelector("canvas");
    const context = canvas.getContext("2d");
    const fill = (color) => {
      context.fillStyle = color;
      context.fillRect(0, 0, canvas.width, canvas.height);
    };
    fill("red");
    const counts = [];
    let next = () => {};
    const heard = (count) => {
      counts.push(count);
      next();
    };
    const recording = recordLive(canvas, { everyMs: 20, onCount: heard });
    for (const color of ["lime", "blue"]) {
      fill(color);
      await new Promise((resolve) => (next = resolve));
    }
    const gif = await recording.stop();
    return { counts, frames: gif.frames.length, size: [gif.width, gif.height] };
  });
  assert.deepEqual(result, { counts: [1, 2, 3], frames: 3, size: [300, 150] });
  await page.close();
});

test("the Node script writes a report with the GIF inside", () => {
  mkdirSync(join(project.folder, "shots"));
  for (const name of SCREENSHOTS) copyFileSync(join(project.folder, name), join(project.folder, "shots", name));
  assert.match(project.run("node-report.mjs", "shots", "report.html"), /^report\.html: 2 frames, \d+ bytes/);
  assert.match(readFileSync(join(project.folder, "report.html"), "utf8"), /data:image\/gif;base64,/);
});
