// The sample tasks through the page: list, replay, download, and the downloaded file against its screenshots.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { launch } from "./support/browsers.mjs";
import { compareFramesIn } from "./support/pixels.mjs";
import { inEachBrowser, useDashboard } from "./support/setup.mjs";
import { figure, frameDrawn, gifReady, PLAIN, playerText, sampleTask, sampleTasks } from "./support/site.mjs";

// Far above what the encoder does, far below what an eye would take for another picture.
const MOST_MEAN_ERROR = 2;
// One entry of a palette may be needed for "unchanged".
const FULL_PALETTE = 255;

const site = useDashboard();

inEachBrowser(({ name, browser, once }) => {
  /** Screenshots of a task that show a page, as addresses. */
  const shownOf = (task) =>
    task.steps
      .filter(({ url }) => url !== "about:blank")
      .map(({ screenshot }) => new URL(`tasks/${task.folder}/${screenshot}`, site.url).href);

  const isWanted = ({ folder, steps }) => steps.length > 1 && (name === "Chromium" || folder === "ceramics-shop");
  for (const task of sampleTasks().filter(isWanted)) {
    test(`${task.folder}: the downloaded GIF shows every screenshot`, async () => {
      const page = await browser.openPage(site.url, PLAIN);
      await page.click(`[data-task="${task.id}"]`);
      await gifReady(page);
      const { name: file, bytes } = await page.download("a[data-action=download]");
      assert.match(file, /^[a-z0-9-]+\.gif$/);
      assert.equal(await figure(page, "frames"), String(shownOf(task).length));
      const { frameCount, frames } = await compareFramesIn(page, {
        gif: bytes.toString("base64"),
        sources: shownOf(task),
      });
      assert.equal(frameCount, shownOf(task).length);
      for (const [index, frame] of frames.entries()) {
        const what = `frame ${index}: ${JSON.stringify(frame)}`;
        assert.equal(frame.width, task.viewport.width, what);
        assert.ok(frame.mean < MOST_MEAN_ERROR, what);
        // PNG decodes to the same pixels everywhere; of JPEG and WebP each decoder has its own idea.
        if (task.files[0].endsWith(".png")) assert.equal(frame.flicker, 0, what);
      }
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });
  }

  once("exact colors leave no new pixel changed where they fit a palette", async () => {
    const task = sampleTask("fastify-docs");
    const page = await browser.openPage(`${site.url}#/task/${task.id}`, PLAIN);
    const first = await gifReady(page);
    await page.evaluate(() => document.querySelector(".options input[value=exact]").click());
    await gifReady(page, first);
    const { bytes } = await page.download("a[data-action=download]");
    const { frames } = await compareFramesIn(page, { gif: bytes.toString("base64"), sources: shownOf(task) });
    const fitting = frames.filter(({ colors }) => colors <= FULL_PALETTE);
    assert.ok(fitting.length >= 3, `only ${fitting.length} frames have few colors`);
    for (const frame of fitting) assert.equal(frame.changedWrong, 0, JSON.stringify(frame));
    await page.close();
  });

  test("options change the GIF: half the size, two seconds for each step, once", async () => {
    const task = sampleTask("code-editor");
    const page = await browser.openPage(`${site.url}#/task/${task.id}`, PLAIN);
    const full = await gifReady(page);
    await page.evaluate(() => {
      document.querySelector('.options input[value="0.5"]').click();
      document.querySelector(".options input[value=fixed]").click();
      const range = document.querySelector(".option-range input");
      range.value = "2000";
      range.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await gifReady(page, full);
    const { bytes } = await page.download("a[data-action=download]");
    assert.equal(bytes.readUInt16LE(6), task.viewport.width / 2);
    assert.equal(bytes.readUInt16LE(8), task.viewport.height / 2);
    const frames = Number(await figure(page, "frames"));
    // Screenshots that look the same are one frame, which keeps the time of all of them.
    const shown = await page.evaluate(() => document.querySelectorAll(".step:not(.left-out)").length);
    assert.ok(frames > 1 && frames <= shown);
    assert.equal(await figure(page, "duration"), `${(shown * 2).toFixed(1)} s`);
    await page.close();
  });

  test("a step in the list brings its frame onto the stage", async () => {
    const page = await browser.openPage(`${site.url}#/task/${sampleTask("freight-console").id}`);
    await gifReady(page);
    await page.evaluate(() => document.querySelectorAll(".step")[5].click());
    // The first step is a blank tab and has no frame: the sixth step is the fifth frame.
    await frameDrawn(page, 4);
    assert.equal(await playerText(page, "step-text"), "Step 6 of 12: Read the value of the peak in the volume chart");
    const marked = await page.evaluate(() => document.querySelector(".step[aria-current]").textContent);
    assert.match(marked, /Read the value of the peak/);
    assert.match(await page.evaluate(() => document.querySelector(".step.left-out").textContent), /blank, left out/);
    await page.close();
  });

  test("a frame that was shown before comes back", async () => {
    const page = await browser.openPage(`${site.url}#/task/${sampleTask("freight-console").id}`);
    await gifReady(page);
    for (const frame of [3, 0, 3]) {
      await page.evaluate((step) => document.querySelectorAll(".step")[step].click(), frame + 1);
      await frameDrawn(page, frame);
    }
    await page.close();
  });

  test("playing begins with the first frame, and goes on by itself", async () => {
    const page = await browser.openPage(site.url);
    await page.evaluate(
      (to) => {
        globalThis.labels = new Set();
        const screen = () => document.querySelector("task-gif")?.shadowRoot.querySelector("[part=screen]");
        const note = () => {
          if (screen()) globalThis.labels.add(screen().getAttribute("aria-label"));
          requestAnimationFrame(note);
        };
        note();
        location.hash = to;
      },
      `#/task/${sampleTask("freight-console").id}`,
    );
    await page.waitFor(() => document.querySelector("task-gif")?.stepIndex > 0);
    assert.equal(await page.evaluate(() => document.querySelector("task-gif").paused), false);
    const [label] = await page.evaluate(() => [...globalThis.labels]);
    // The first step is a blank tab and has no frame.
    assert.match(label, /^Sign in to .*\. Step 2 of 12: /);
    await page.close();
  });

  test("another GIF of the same task goes on at the step that was shown", async () => {
    const page = await browser.openPage(`${site.url}#/task/${sampleTask("code-editor").id}`, PLAIN);
    const first = await gifReady(page);
    await frameDrawn(page);
    await page.evaluate(() => document.querySelectorAll(".step")[5].click());
    await page.waitFor(() => document.querySelectorAll(".step")[5].ariaCurrent === "step");
    await page.evaluate(() => {
      globalThis.states = [];
      document
        .querySelector("task-gif")
        .addEventListener("statechange", ({ detail }) => globalThis.states.push(detail.state));
      document.querySelector(".options input[data-option=titleCard]").click();
    });
    await gifReady(page, first);
    await page.waitFor(() => globalThis.states.length > 0);
    assert.deepEqual(await page.evaluate(() => globalThis.states), ["ready"]);
    assert.ok(await page.evaluate(() => document.querySelectorAll(".step")[5].ariaCurrent === "step"));
    assert.ok(await page.evaluate(() => document.querySelector("task-gif").paused));
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  test("the comparison shows a screenshot beside its frame and follows the keyboard", async () => {
    const page = await browser.openPage(`${site.url}#/task/${sampleTask("ceramics-shop").id}`);
    await gifReady(page);
    await page.evaluate(() => document.querySelector(".stage-head input[value=compare]").click());
    await page.waitFor(() => document.querySelector(".slider-source img")?.naturalWidth > 0);
    const share = () =>
      page.evaluate(() => Number(document.querySelector(".slider-handle").getAttribute("aria-valuenow")));
    assert.equal(await share(), 50);
    await page.evaluate(() => document.querySelector(".slider-handle").focus());
    await page.press("ArrowRight");
    assert.equal(await share(), 52);
    await page.press("Home");
    assert.equal(await share(), 0);
    await page.evaluate(() => document.querySelectorAll(".slider-bar button")[1].click());
    const caption = await page.evaluate(() => document.querySelector(".slider-caption").textContent);
    assert.match(caption, /as a screenshot/);
    assert.deepEqual(await page.problems(), []);
    await page.close();
  });

  once("a task with one screenshot says why it has no GIF", async () => {
    const page = await browser.openPage(`${site.url}#/task/${sampleTask("status-page").id}`);
    await page.waitFor(() => document.querySelector("[data-state=too-few]"));
    const text = await page.evaluate(() => document.querySelector("[data-state=too-few]").textContent);
    assert.match(text, /Only one screenshot/);
    assert.match(text, /A replay needs at least two/);
    assert.doesNotMatch(text, /TOO_FEW_SCREENSHOTS/);
    await page.close();
  });

  once("search and filter narrow the list, and an empty result offers the way back", async () => {
    const page = await browser.openPage(site.url);
    await page.waitFor(() => document.querySelectorAll("[data-task]").length > 0);
    const shown = () => page.evaluate(() => document.querySelectorAll("[data-task]").length);
    const search = (words) =>
      page.evaluate((value) => {
        const input = document.querySelector("input[type=search]");
        input.value = value;
        input.dispatchEvent(new Event("input"));
      }, words);
    assert.equal(await shown(), sampleTasks().length);
    await page.evaluate(() => document.querySelector(".filters input[value=failed]").click());
    assert.equal(await shown(), sampleTasks().filter(({ status }) => status === "failed").length);
    await search("zebra");
    assert.equal(await shown(), 0);
    await page.click(".notice button");
    assert.equal(await shown(), sampleTasks().length);
    await search("ROTTERDAM shipment");
    assert.equal(await shown(), 1);
    await page.close();
  });

  once("addresses that lead nowhere say so", async () => {
    for (const address of ["#/task/no-such-task", "#/nowhere/at/all"]) {
      const page = await browser.openPage(site.url + address);
      await page.waitFor(() => document.querySelector(".notice h1, .notice h3"));
      assert.match(await page.evaluate(() => document.querySelector("main").textContent), /See all tasks/);
      await page.close();
    }
  });
});

describe("Chromium with reduced motion", () => {
  test("nothing plays by itself, and playing is one key away", async () => {
    const browser = await launch("Chromium");
    try {
      const page = await browser.openPage(`${site.url}#/task/${sampleTask("code-editor").id}`, { stillness: true });
      await gifReady(page);
      await frameDrawn(page, 0);
      const button = () =>
        page.evaluate(() => document.querySelector("task-gif").shadowRoot.querySelector("button.play").ariaLabel);
      assert.equal(await button(), "Play");
      await page.evaluate(() => document.querySelector("task-gif").shadowRoot.querySelector("button.play").focus());
      await page.press("Enter");
      assert.equal(await button(), "Pause");
    } finally {
      await browser.close();
    }
  });
});

describe("Chromium", () => {
  test("what is played are the pixels of the screenshots", async () => {
    const browser = await launch("Chromium");
    try {
      const address = `${site.url}#/task/${sampleTask("code-editor").id}`;
      const page = await browser.openPage(address, { stillness: true, lacks: "ImageDecoder", ...PLAIN });
      await gifReady(page);
      await frameDrawn(page, 0);
      await page.evaluate(() => document.querySelectorAll(".step")[3].click());
      await frameDrawn(page, 3);
      const wrong = await page.evaluate(
        async (source) => {
          const pixelsOf = async (blob) => {
            const picture = await createImageBitmap(blob);
            const { width, height } = picture;
            const context = new OffscreenCanvas(width, height).getContext("2d", { alpha: false });
            context.drawImage(picture, 0, 0);
            return context.getImageData(0, 0, width, height).data;
          };
          const wanted = await pixelsOf(await (await fetch(source)).blob());
          const found = await pixelsOf(await document.querySelector("task-gif").snapshot());
          return wanted.filter((value, index) => Math.abs(value - found[index]) > 24).length / wanted.length;
        },
        new URL(`tasks/code-editor/${sampleTask("code-editor").steps[3].screenshot}`, site.url).href,
      );
      assert.ok(wrong < 0.001, `${wrong} of the channels differ`);
      assert.deepEqual(await page.problems(), []);
    } finally {
      await browser.close();
    }
  });

  test("with a moving progress bar and a camera, each step still has its own picture and time", async () => {
    const browser = await launch("Chromium");
    try {
      const page = await browser.openPage(`${site.url}#/task/${sampleTask("freight-console").id}`, {
        stillness: true,
        memory: { "task-gif.options": { source: "local", captions: "off", camera: "follow", progressBar: true } },
      });
      await gifReady(page);
      await frameDrawn(page, 0);
      const told = await page.evaluate(() => {
        const player = document.querySelector("task-gif");
        const stay = player.shadowRoot.querySelector("[part=caption]");
        const rows = [...document.querySelectorAll(".step:not(.left-out)")];
        return rows.map((row) => {
          row.click();
          const seconds = Number(/Stays ([\d.]+) s/.exec(stay.textContent)[1]);
          const parts = stay.textContent
            .split(": ")
            .at(-1)
            .replaceAll(" \u2212 ", " + -")
            .split(" + ")
            .map(Number.parseFloat);
          const [, value, unit] = /([\d.]+) (m?s)/.exec(row.querySelector(".step-note").textContent);
          const listed = unit === "s" ? Number(value) : Math.round(value / 100) / 10;
          return { frame: player.stepIndex, seconds, listed, sum: parts.reduce((sum, part) => sum + part, 0) };
        });
      });
      assert.equal(told.length, 11);
      told.forEach(({ frame, seconds, listed, sum }, index) => {
        assert.equal(frame, index);
        assert.equal(seconds, listed);
        assert.ok(Math.abs(sum - seconds) < 0.01, `${sum} is not ${seconds}`);
      });
    } finally {
      await browser.close();
    }
  });
});
