// Each state of <task-gif>, in both browsers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, FILES, STEPS, start } from "./support/pages.mjs";

const files = {};

before(async () => {
  const gif = await assembleGif(blobsOf("shop"), { delay: 300, keepDuplicates: true });
  const bytes = Buffer.from(await gif.blob.arrayBuffer());
  const shots = blobsOf("shop").map((image, i) => ({ image, ...STEPS[i] }));
  const told = await assembleGif(shots, { delay: 300, embedSteps: true, progressBar: true });
  files["/told.gif"] = Buffer.from(await told.blob.arrayBuffer());
  Object.assign(files, { "/shop.gif": bytes, "/closed/shop.gif": bytes, "/broken.gif": bytes.subarray(0, 40) });
});

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    /** Runs `work` on a fresh page, and sees that the page has nothing to complain about. */
    const onPage =
      (path, work, allowed = /^$/) =>
      async () => {
        const page = await site.open(path);
        try {
          await work(page);
          assert.deepEqual(
            (await page.problems()).filter((problem) => !allowed.test(problem)),
            [],
          );
        } finally {
          await page.close();
        }
      };

    test(
      "nothing given is idle, and costs nothing",
      onPage("/page", async (page) => {
        await page.place({});
        assert.equal((await page.until("idle")).text, "");
        assert.ok(
          !(await page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => /wasm/.test(name)))),
        );
      }),
    );

    test(
      "an address becomes a player with the first frame, under a strict policy too",
      onPage("/page?strict", async (page) => {
        await page.place({ src: "shop.gif" }, { steps: STEPS });
        await page.until("ready");
        await page.waitFor(() => globalThis.part("screen").dataset.frame === "0");
        const shown = await page.evaluate(async () => {
          const bitmap = await createImageBitmap(await (await fetch("/screens/shop/00.png")).blob());
          const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
          const context = canvas.getContext("2d");
          context.drawImage(bitmap, 0, 0);
          const expected = [...context.getImageData(10, 10, 1, 1).data];
          return {
            size: [globalThis.part("screen").width, bitmap.width],
            pixels: [globalThis.pixel(10, 10), expected],
          };
        });
        assert.deepEqual(shown.size, [420, 420]);
        // Near colors may take each other's place in a GIF, and one palette is not the other's.
        const [here, there] = shown.pixels;
        assert.ok(
          here.every((level, i) => Math.abs(level - there[i]) <= 4),
          `${here} and ${there}`,
        );
        const told = await page.evaluate(() =>
          globalThis.told.map(({ type, state, index, caption }) => [type, state ?? index, caption ?? ""]),
        );
        assert.deepEqual(told, [
          ["statechange", "waiting", ""],
          ["stepchange", 0, "Goal 1"],
          ["statechange", "ready", ""],
        ]);
      }),
    );

    test(
      "screenshots are assembled here and tell their steps",
      onPage("/page", async (page) => {
        await page.evaluate(async (files) => {
          globalThis.place({}, { screenshots: await globalThis.shots(files), options: { delay: 300, effort: "fast" } });
        }, FILES);
        await page.until("ready");
        assert.match((await page.rows(8)).at(-1), /^8Goal 8shop\.example\/page\/8/);
        const states = await page.evaluate(() =>
          globalThis.told.flatMap(({ type, state }) => (type === "statechange" ? state : [])),
        );
        assert.deepEqual(states, ["waiting", "assembling", "ready"]);
        // Screenshots 4 and 5 are one frame; each step has its share of that frame's time.
        const frames = await page.evaluate(() => {
          for (let i = 0; i < 8; i++) globalThis.element.goToStep(i);
          return globalThis.told.flatMap(({ type, frame }) => (type === "stepchange" ? frame : []));
        });
        assert.deepEqual(frames, [0, 1, 2, 3, 4, 4, 5, 6]);
      }),
    );

    test(
      "a GIF that is at hand is shown, with what it knows itself",
      onPage("/page", async (page) => {
        await page.evaluate(async () => {
          globalThis.place({}, { gif: await globalThis.blobOf("/told.gif") });
        });
        await page.until("ready");
        assert.deepEqual(
          await page.rows(8),
          STEPS.map(({ number, caption }) => `${number}${caption}`),
        );
      }),
    );

    test(
      "a task grows before one's eyes as a recording does, and gives way to its GIF",
      onPage("/page", async (page) => {
        const steps = STEPS.map(({ number, caption }) => ({
          id: `s${number}`,
          step: number,
          next_goal: caption,
          url: null,
        }));
        const screenshots = FILES.map((file, i) => `${site.here.url}/screens/shop/${file}?step_${i + 1}`);
        const task = { id: "t", task: "Shop", status: "running", output: null, gif: null };
        const show = (count, more) => {
          const told = { steps: steps.slice(0, count), screenshots: screenshots.slice(0, count) };
          site.here.task = { ...task, ...told, ...more };
        };
        const note = () => globalThis.part("note")?.textContent;
        show(0);
        await page.place({ "task-id": "t", endpoint: "/api/v1" });
        await page.waitFor(() => /first screenshot/.test(globalThis.element.shadowRoot.textContent));
        show(2);
        await page.until("live");
        await page.waitFor(() => /^2 steps so far/.test(globalThis.part("note")?.textContent));
        await page.waitFor(() => globalThis.part("screen").dataset.frame === "1");
        show(3);
        await page.waitFor(() => /^3 steps so far/.test(globalThis.part("note")?.textContent));
        assert.match(await page.evaluate(() => globalThis.part("caption").textContent), /^Step 3 of 3: Goal 3/);
        show(3, { status: "finished" });
        await page.waitFor(() => globalThis.part("note")?.textContent === "Making the GIF");
        assert.match(await page.evaluate(note), /Making/);
        show(8, { status: "finished", gif: `${site.here.url}/shop.gif` });
        await page.until("ready");
        // What was looked at is looked at still.
        assert.match(await page.evaluate(() => globalThis.part("caption").textContent), /^Step 3 of 8: Goal 3/);
        const states = await page.evaluate(() =>
          globalThis.told.flatMap(({ type, state }) => (type === "statechange" ? state : [])),
        );
        assert.deepEqual(states, ["waiting", "live", "ready"]);
      }),
    );

    test(
      "a task that is over and gets no GIF is assembled here",
      onPage("/page", async (page) => {
        const screenshots = FILES.map((file) => `${site.here.url}/screens/shop/${file}`);
        site.here.task = { id: "t", task: "Shop", status: "finished", output: "", steps: [], gif: null, screenshots };
        await page.place({ "task-id": "t", endpoint: "/api/v1" }, { options: { effort: "fast" } });
        await page.waitFor(() => /the task is finished/.test(globalThis.element.shadowRoot.textContent));
        await page.evaluate(() => {
          // Half a minute later.
          const { now } = Date;
          Date.now = () => now() + 31_000;
        });
        await page.until("ready");
        await page.rows(8);
      }),
    );

    test(
      "what is shown can be had as a picture, and texts in another language",
      onPage("/page", async (page) => {
        await page.evaluate(() => {
          const step = (number, of, caption) => `Schritt ${number} von ${of}: ${caption}`;
          globalThis.place({ src: "/told.gif" }, { labels: { play: "Abspielen", step } });
        });
        await page.until("ready");
        await page.waitFor(() => globalThis.part("screen").dataset.frame === "0");
        const seen = await page.evaluate(async () => {
          const blob = await globalThis.element.snapshot();
          const { width, height } = await createImageBitmap(blob);
          return [
            blob.type,
            width,
            height,
            globalThis.part("play").ariaLabel,
            globalThis.part("step-text").textContent,
          ];
        });
        assert.deepEqual(seen, ["image/png", 420, 263, "Abspielen", "Schritt 1 von 8: Goal 1"]);
      }),
    );

    test(
      "a host without CORS headers leaves an image, which can be paused all the same",
      onPage(
        "/page",
        async (page) => {
          await page.place({ src: `${site.elsewhere.url}/closed/shop.gif`, alt: "The shop" });
          await page.until("ready");
          const seen = () =>
            page.evaluate(() => {
              const [image, still] = globalThis.element.shadowRoot.querySelectorAll("[part=screen]");
              const { ariaLabel } = globalThis.part("play");
              return [image.localName, image.alt, image.hidden, still.hidden, still.width, ariaLabel];
            });
          await page.waitFor(() => globalThis.element.shadowRoot.querySelector("canvas").width === 420);
          assert.deepEqual(await seen(), ["img", "The shop", true, false, 420, "Play"]);
          await page.evaluate(() => globalThis.part("play").click());
          assert.deepEqual(await seen(), ["img", "The shop", false, true, 420, "Pause"]);
          await page.evaluate(() => globalThis.part("play").click());
          assert.deepEqual((await seen()).slice(2), [true, false, 420, "Play"]);
          await page.place({ src: `${site.elsewhere.url}/closed/none.gif` });
          await page.waitFor(() => globalThis.element.state === "error");
        },
        /CORS|Cross-Origin|ERR_FAILED|404|FETCH_FAILED/i,
      ),
    );

    test(
      "a recording is seen while it grows, and becomes its GIF",
      onPage("/page", async (page) => {
        await page.evaluate(async (files) => {
          globalThis.waiting = await globalThis.shots(files);
          globalThis.waiting[1].redact = [{ left: 0, top: 0, width: 30, height: 30 }];
          globalThis.place({}, { recorder: await globalThis.record() });
          await globalThis.recorder.add(globalThis.waiting[0]);
        }, FILES);
        await page.until("live");
        await page.evaluate(() => globalThis.recorder.add(globalThis.waiting[1]));
        await page.waitFor(() => globalThis.part("screen").dataset.frame === "1");
        assert.match(await page.evaluate(() => globalThis.part("note").textContent), /^2 steps so far$/);
        assert.match(await page.evaluate(() => globalThis.part("caption").textContent), /^Step 2 of 2: Goal 2/);
        assert.deepEqual(await page.evaluate(() => globalThis.pixel(5, 5)), [0, 0, 0, 255]);
        await page.evaluate(async () => {
          for (const shot of globalThis.waiting.slice(2)) await globalThis.recorder.add(shot);
          await globalThis.recorder.finish();
        });
        await page.until("ready");
        await page.rows(8);
        await page.waitFor(() => globalThis.part("screen").dataset.frame !== undefined);
      }),
    );

    test(
      "a recording goes on without a screenshot that cannot be decoded, and says so",
      onPage("/page", async (page) => {
        await page.evaluate(async (files) => {
          const screenshots = await globalThis.shots(files);
          const watch = (listener) => {
            globalThis.tell = ({ image, ...step }) => listener({ type: "screenshot", image, step, redact: [] });
            return () => {};
          };
          globalThis.place({}, { recorder: { watch } });
          globalThis.screenshots = screenshots;
        }, FILES);
        await page.waitFor(() => globalThis.tell);
        await page.evaluate(() => {
          globalThis.tell({ image: new Blob(["no picture"]) });
          globalThis.tell(globalThis.screenshots[1]);
          globalThis.tell({ image: new Blob() });
          globalThis.tell(globalThis.screenshots[3]);
        });
        await page.until("live");
        await page.waitFor(() => /^2 steps so far/.test(globalThis.part("note").textContent));
        assert.match(await page.evaluate(() => globalThis.part("note").textContent), /2 steps are missing/);
        assert.equal(await page.evaluate(() => globalThis.part("newest").ariaPressed), "true");
        // Whoever looks at an earlier step stays there until they go back.
        await page.evaluate(() => globalThis.element.goToStep(0));
        await page.evaluate(() => globalThis.tell(globalThis.screenshots[4]));
        await page.waitFor(() => /^3 steps so far/.test(globalThis.part("note").textContent));
        assert.deepEqual(
          await page.evaluate(() => [globalThis.element.stepIndex, globalThis.part("newest").ariaPressed]),
          [0, "false"],
        );
        await page.evaluate(() => globalThis.part("newest").click());
        assert.deepEqual(
          await page.evaluate(() => [globalThis.element.stepIndex, globalThis.part("newest").ariaPressed]),
          [2, "true"],
        );
      }),
    );

    test(
      "a slot takes the place of what is shown in its state",
      onPage(
        "/page",
        async (page) => {
          await page.place({ src: "/broken.gif" }, {}, "error");
          await page.waitFor(() => globalThis.element.state === "error");
          const seen = await page.evaluate(() => {
            const slot = globalThis.element.shadowRoot.querySelector("slot");
            const isVisible = globalThis.part("error").checkVisibility();
            return [slot.name, slot.assignedElements()[0].textContent, isVisible];
          });
          assert.deepEqual(seen, ["error", "Own content for error", false]);
        },
        /BAD_GIF/,
      ),
    );

    test(
      "properties that were set before the element was defined count",
      onPage("/page", async (page) => {
        await page.evaluate(async () => {
          const early = document.createElement("task-gif-later");
          early.gif = await globalThis.blobOf("/shop.gif");
          document.querySelector("main").append(early);
          customElements.define("task-gif-later", class extends customElements.get("task-gif") {});
          globalThis.element = early;
        });
        await page.waitFor(() => globalThis.element.state === "ready");
      }),
    );

    test(
      "an element that is moved goes on, one that is removed lets go",
      onPage("/page", async (page) => {
        await page.place({ src: "/shop.gif", loop: "" });
        await page.until("ready");
        const isPlaying = await page.evaluate(async () => {
          globalThis.element.play();
          document.body.append(globalThis.element);
          await Promise.resolve();
          globalThis.element.remove();
          await new Promise((resolve) => setTimeout(resolve));
          return !globalThis.element.paused;
        });
        assert.equal(isPlaying, false);
        await page.evaluate(() => document.body.append(globalThis.element));
        await page.waitFor(() => globalThis.element.stepIndex === 0);
      }),
    );
  });
}
