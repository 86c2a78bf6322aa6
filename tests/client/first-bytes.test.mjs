// What a page downloads before it is known whether a GIF has to be made: the client's wasm, and not the assembler's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchChromium } from "../browser/support/browsers.mjs";
import { startFaultServer } from "./support/fault-server.mjs";

const json = (body, more = {}) => ({ do: "json", body, ...more });
const finished = json({ id: "task_1", status: "finished", steps: [], finished_at: new Date().toISOString() });
const READY = {
  gif: [json({ gif: "{media}/a.gif" })],
  status: [json('"finished"')],
  task: [finished],
  media: [{ do: "file" }],
};
const NO_GIF = {
  gif: [json({ gif: null })],
  status: [json('"finished"')],
  task: [finished],
  screenshots: [json({ screenshots: ["{media}/step_1.png", "{media}/step_2.png"] })],
  media: [{ do: "file", name: "png", type: "image/png" }],
};
const CLIENT = ["task_gif_client_bg.wasm"];
let server;
let browser;

before(async () => {
  server = await startFaultServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Runs `script` in a new page; resolves to what it gives and to the names of the wasm files that the page asked for. */
async function wasmOf(lists, script) {
  server.script(lists);
  const page = await browser.newPage();
  try {
    const files = [];
    page.on("request", (request) => {
      if (request.url().endsWith(".wasm")) files.push(new URL(request.url()).pathname.split("/").at(-1));
    });
    await page.goto(`${server.origins.home}/`);
    const result = await page.evaluate(script, `${server.origins.api}/api/v1`);
    return { result, files };
  } finally {
    await page.close();
  }
}

test("a page that asks, waits for and downloads the server's GIF loads only the client's wasm", async () => {
  const { result, files } = await wasmOf(READY, async (baseUrl) => {
    const { TaskClient, loadTaskGif } = await import("/dist/client/index.js");
    const client = new TaskClient({ baseUrl });
    const { status } = await client.waitForTaskGif("task_1");
    const { length } = await client.downloadTaskGif("task_1");
    const { source } = await loadTaskGif("task_1", { client });
    return { status, length, source };
  });
  assert.deepEqual(result, { status: "ready", length: 72, source: "server" });
  assert.deepEqual(files, CLIENT);
});

test("so does an element that plays the server's GIF, and a page that looks into it", async () => {
  const { result, files } = await wasmOf(READY, async (baseUrl) => {
    await import("/dist/element/define.js");
    const { inspectGif } = await import("/dist/inspect.js");
    const { TaskClient } = await import("/dist/client/index.js");
    const client = new TaskClient({ baseUrl });
    const element = document.createElement("task-gif");
    const isReady = new Promise((resolve) =>
      element.addEventListener(
        "statechange",
        () => /ready|error|unavailable/.test(element.state) && resolve(element.state),
      ),
    );
    element.taskId = "task_1";
    element.client = client;
    document.body.append(element);
    const state = await isReady;
    const { frames } = await inspectGif(await client.downloadTaskGif("task_1"));
    return { state, frames: frames.length };
  });
  assert.deepEqual(result, { state: "ready", frames: 2 });
  assert.deepEqual(files, CLIENT);
});

test("the assembler's wasm comes with the first GIF that has to be made", async () => {
  const { result, files } = await wasmOf(NO_GIF, async (baseUrl) => {
    const { TaskClient, loadTaskGif } = await import("/dist/client/index.js");
    const { source } = await loadTaskGif("task_1", { client: new TaskClient({ baseUrl }), keepDuplicates: true });
    return source;
  });
  assert.equal(result, "local");
  assert.deepEqual(files, [...CLIENT, "task_gif_bg.wasm"]);
});

test("a page that only makes GIFs loads only the assembler's wasm", async () => {
  const { files } = await wasmOf({}, async () => {
    const { assembleGif } = await import("/dist/index.js");
    const shot = (color) => {
      const canvas = new OffscreenCanvas(40, 30);
      const context = canvas.getContext("2d");
      context.fillStyle = color;
      context.fillRect(0, 0, 40, 30);
      return canvas;
    };
    return (await assembleGif([shot("red"), shot("blue")])).frames.length;
  });
  assert.deepEqual(files, ["task_gif_bg.wasm"]);
});
