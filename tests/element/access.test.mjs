// For everybody: by keyboard alone, without motion, in every theme, from right to left.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { launchChromium } from "../browser/support/browsers.mjs";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, STEPS, start } from "./support/pages.mjs";
import { serve } from "./support/server.mjs";

const files = {};

before(async () => {
  const gif = await assembleGif(blobsOf("shop"), { delay: 300, keepDuplicates: true });
  Object.assign(files, {
    "/shop.gif": Buffer.from(await gif.blob.arrayBuffer()),
    "/broken.gif": Buffer.from("GIF89a"),
  });
});

/** What has the focus, inside the element or outside. */
const focused = () => {
  const active = document.activeElement;
  const inside = active?.shadowRoot?.activeElement ?? active;
  return inside?.getAttribute("part") ?? inside?.localName;
};

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    async function ready(path, attributes = {}) {
      const page = await site.open(path);
      await page.place({ src: "/shop.gif", ...attributes }, { steps: STEPS });
      await page.until("ready");
      return page;
    }

    test("everything can be reached and done with the keyboard", async () => {
      const page = await ready("/page");
      const stops = [];
      while (stops.at(-1) !== "summary") {
        await page.press("Tab");
        stops.push(await page.evaluate(focused));
        assert.ok(stops.length < 20, stops.join());
      }
      // Not every browser shares files.
      assert.deepEqual(
        stops.filter((stop) => stop !== "button share"),
        [
          "button previous",
          "button play",
          "button next",
          "track",
          "speed",
          "button download",
          "button copy",
          "button fullscreen",
          "summary",
        ],
      );
      // The focus can be seen.
      assert.notEqual(
        await page.evaluate(() => getComputedStyle(globalThis.element.shadowRoot.activeElement).outlineStyle),
        "none",
      );
      // Where there is room beside the picture, it is open.
      if (!(await page.evaluate(() => globalThis.part("transcript").open))) await page.press("Enter");
      await page.press("Tab");
      await page.press("Tab");
      assert.equal(await page.evaluate(focused), "step");
      await page.press("Enter");
      const index = () => page.evaluate(() => globalThis.element.stepIndex);
      assert.equal(await index(), 1);
      for (const [key, expected] of [
        ["ArrowRight", 2],
        ["ArrowLeft", 1],
        ["End", 7],
        ["Home", 0],
        ["ArrowLeft", 0],
      ]) {
        await page.press(key);
        assert.equal(await index(), expected, key);
      }
      await page.press("k");
      assert.equal(await page.evaluate(() => globalThis.element.paused), false);
      await page.press("k");
      assert.equal(await page.evaluate(() => globalThis.element.paused), true);
      await page.close();
    });

    test("the track says the step in words, and moves by steps", async () => {
      const page = await ready("/page");
      await page.evaluate(() => globalThis.part("track").focus());
      const value = () => page.evaluate(() => globalThis.part("track").getAttribute("aria-valuetext"));
      assert.equal(await value(), "Step 1 of 8: Goal 1");
      await page.press("ArrowRight");
      await page.press("ArrowRight");
      assert.equal(await value(), "Step 3 of 8: Goal 3");
      assert.match(await page.evaluate(() => globalThis.part("screen").ariaLabel), /^Replay of a task\. Step 3 of 8/);
      assert.deepEqual(
        await page.rows(8),
        STEPS.map(({ number, caption }) => `${number}${caption}`),
      );
      await page.close();
    });

    test("from right to left the keys go the other way", async () => {
      const page = await ready("/page?dir=rtl");
      await page.evaluate(() => globalThis.part("play").focus());
      await page.press("ArrowLeft");
      assert.equal(await page.evaluate(() => globalThis.element.stepIndex), 1);
      await page.press("ArrowRight");
      assert.equal(await page.evaluate(() => globalThis.element.stepIndex), 0);
      await page.close();
    });

    test("the address leads to a step, and again when it changes", async () => {
      const page = await ready("/page#step=7", { autoplay: "" });
      assert.deepEqual(await page.evaluate(() => [globalThis.element.stepIndex, globalThis.element.paused]), [6, true]);
      await page.evaluate(() => {
        location.hash = "#step=2";
      });
      await page.waitFor(() => globalThis.element.stepIndex === 1);
      await page.evaluate(() => {
        location.hash = "#step=99";
      });
      assert.equal(await page.evaluate(() => globalThis.element.stepIndex), 1);
      await page.close();
    });

    test("a timer that comes after all steps tells the last step before the end", async () => {
      const page = await ready("/page");
      await page.evaluate(() => {
        globalThis.told.length = 0;
        globalThis.element.playbackRate = 1_000_000;
        globalThis.element.play();
      });
      await page.waitFor(() => globalThis.told.some(({ type }) => type === "ended"));
      const told = await page.evaluate(() => globalThis.told.map(({ type, index }) => index ?? type));
      assert.deepEqual(told, ["play", 7, "pause", "ended"]);
      await page.close();
    });

    test("it plays by itself when asked to, at the chosen speed, to its end", async () => {
      const page = await ready("/page", { autoplay: "" });
      await page.evaluate(() => {
        const select = globalThis.part("speed");
        select.value = "4";
        select.dispatchEvent(new Event("change"));
      });
      await page.waitFor(() => globalThis.told.some(({ type }) => type === "ended"));
      const told = await page.evaluate(() => globalThis.told.map(({ type, index }) => index ?? type));
      assert.deepEqual(told.slice(-3), [7, "pause", "ended"]);
      // Nothing holds it up in between, such as a page that is laid out later.
      assert.deepEqual(
        told.filter((each) => each === "play" || each === "pause"),
        ["play", "pause"],
      );
      await page.waitFor(() => globalThis.part("screen").dataset.frame === "7");
      await page.evaluate(() => {
        globalThis.element.loop = "";
        globalThis.element.setAttribute("loop", "");
        globalThis.told.length = 0;
        globalThis.element.play();
      });
      const isRound = () =>
        globalThis.told.filter(({ type, index }) => type === "stepchange" && index === 0).length > 1;
      await page.waitFor(isRound);
      await page.close();
    });
  });
}

describe("Chromium, with wishes", () => {
  let browser;
  let here;
  before(async () => {
    [browser, here] = await Promise.all([launchChromium(), serve(files)]);
  });
  after(async () => {
    await browser?.close();
    here?.close();
  });

  async function open(options, attributes = { src: "/shop.gif" }, path = "/page") {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(here.url + path);
    await page.waitForFunction(() => globalThis.isLoaded);
    await put(page, attributes);
    return page;
  }
  const put = (page, attributes) =>
    page.evaluate(
      ([attributes, properties]) => void globalThis.place(attributes, properties),
      [attributes, { steps: STEPS }],
    );
  const settled = (page, state) => page.waitForFunction((wanted) => globalThis.element.state === wanted, state);

  test("for those who want less motion nothing moves by itself", async () => {
    const page = await open({ reducedMotion: "reduce" }, { src: "/shop.gif", autoplay: "", loop: "" });
    await settled(page, "ready");
    await page.waitForTimeout(700);
    const told = await page.evaluate(() => globalThis.told.map(({ type, index }) => index ?? type));
    assert.deepEqual(told, ["statechange", 0, "statechange"]);
    // Asked to, it plays.
    await page.evaluate(() => globalThis.part("play").click());
    await page.waitForFunction(() => globalThis.element.stepIndex > 0);
    await page.context().close();
  });

  for (const [name, options, path] of [
    ["light", {}, "/page"],
    ["dark", { colorScheme: "dark" }, "/page"],
    ["forced colors", { forcedColors: "active" }, "/page"],
    ["right to left, on a phone", { viewport: { width: 360, height: 640 } }, "/page?dir=rtl"],
  ]) {
    test(`axe finds nothing in any state: ${name}`, async () => {
      const page = await open(options, {}, path);
      for (const [state, attributes] of [
        ["ready", { src: "/shop.gif" }],
        ["error", { src: "/broken.gif" }],
        ["unavailable", { "task-id": "t", endpoint: "/api/v1" }],
        ["waiting", { "task-id": "t", endpoint: "/api/v1" }],
      ]) {
        const running = { id: "t", status: "running", steps: [], gif: null, screenshots: [], task: "" };
        here.task = state === "waiting" ? running : 404;
        await put(page, attributes);
        await settled(page, state);
        if (state === "ready") {
          await page.evaluate(() => {
            globalThis.part("transcript").open = true;
          });
        }
        assert.deepEqual(await page.evaluate(() => globalThis.findings()), [], state);
      }
      await page.context().close();
    });
  }

  test("axe finds nothing in a report, which needs no script", async () => {
    const { reportHtml } = await import("task-gif/report");
    const steps = STEPS.map((step, i) => ({ ...step, url: `https://shop.example/${i}`, timestampMs: i * 1000 }));
    const task = { id: "7", task: "Shop", status: "finished", output: "Done", public_share_url: "https://e.example/" };
    const html = reportHtml({ task, steps, gif: files["/shop.gif"] });
    for (const options of [{}, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      const context = await browser.newContext({ ...options, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${here.url}/page`);
      await page.setContent(html);
      await page.addScriptTag({ url: `${here.url}/axe/axe.min.js` });
      const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id }) => id));
      assert.deepEqual(found, []);
      await context.close();
    }
  });
});
