// What the player of <task-gif> shows, and what can be got out of it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, FILES, STEPS, start } from "./support/pages.mjs";

const files = {};

before(async () => {
  const shots = blobsOf("shop").map((image, i) => ({ image, ...STEPS[i] }));
  const gif = await assembleGif(shots, { delay: 300, embedSteps: true });
  const titled = await assembleGif(shots, { delay: 300, embedSteps: true, title: "Find a vase" });
  files["/shop.gif"] = Buffer.from(await gif.bytes());
  files["/titled.gif"] = Buffer.from(await titled.bytes());
  files["/poster.png"] = Buffer.from(await (await gif.poster()).arrayBuffer());
});

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    /** A page with a player that is ready. */
    async function ready(attributes, properties) {
      const page = await site.open();
      await page.place(attributes, properties);
      await page.until("ready");
      return page;
    }

    const buttons = (page) =>
      page.evaluate(() =>
        [...globalThis.element.shadowRoot.querySelectorAll("[part~=controls] button")].map(
          ({ className }) => className,
        ),
      );

    test("the file can be had from the element and by a button, which can be left out", async () => {
      const page = await ready({ src: "/shop.gif" });
      assert.ok((await buttons(page)).includes("download"));
      const sizes = await page.evaluate(async () => {
        const files = [];
        HTMLAnchorElement.prototype.click = function () {
          files.push([this.download, this.href.slice(0, 5)]);
        };
        globalThis.part("download").click();
        const blob = await globalThis.element.toBlob();
        return { files, size: blob.size, gif: String(globalThis.element.gif) };
      });
      assert.deepEqual(sizes.files, [["replay.gif", "blob:"]]);
      assert.equal(sizes.size, files["/shop.gif"].length);
      assert.match(sizes.gif, /\/shop\.gif$/);
      await page.place({ src: "/shop.gif", controlslist: "nodownload nocopy noshare nofullscreen" });
      await page.until("ready");
      assert.deepEqual(await buttons(page), ["previous", "play", "next"]);
      await page.close();
    });

    test("what has been made of screenshots is the element's GIF", async () => {
      const page = await site.open();
      const kinds = await page.evaluate(async () => {
        const { TaskGif } = await import("/dist/index.js");
        const element = globalThis.place({}, { screenshots: ["/screens/shop/00.png", "/screens/shop/03.png"] });
        const before = element.gif;
        await new Promise((resolve) =>
          element.addEventListener("statechange", () => element.state === "ready" && resolve()),
        );
        const { gif } = element;
        return [before === undefined, gif instanceof TaskGif, gif.blob === (await element.toBlob())];
      });
      assert.deepEqual(kinds, [true, true, true]);
      await page.close();
    });

    test("attributes give options to a GIF that is made here; options that are set by script count before them", async () => {
      const page = await site.open();
      const made = (attributes, options) =>
        page.evaluate(
          async ({ attributes, options, files }) => {
            const element = globalThis.place(attributes, { screenshots: await globalThis.shots(files), options });
            const isOver = () => ["ready", "error"].includes(element.state);
            await new Promise((resolve) => element.addEventListener("statechange", () => isOver() && resolve()));
            if (element.state === "error") return globalThis.told.at(-1).message;
            return [element.gif.durationMs <= 4000, element.gif.frames.some(({ view }) => view)];
          },
          { attributes, options: { effort: "fast", ...options }, files: FILES },
        );
      assert.deepEqual(await made({}), [false, false]);
      assert.deepEqual(await made({ "max-duration": "4s", camera: "follow" }, { width: 200 }), [true, true]);
      assert.deepEqual(await made({ speed: "8" }), [true, false]);
      assert.deepEqual(await made({ "max-duration": "4000" }, { maxDuration: 60_000 }), [false, false]);
      assert.match(await made({ "max-duration": "soon" }), /maxDuration.*"soon"/);
      await page.close();
    });

    test("it is drawn at the size at which it is shown, and no larger than it is", async () => {
      const page = await ready({ src: "/shop.gif" });
      const drawn = () =>
        page.evaluate(() => {
          const { width, clientWidth } = globalThis.part("screen");
          return [width, Math.min(420, Math.round(clientWidth * devicePixelRatio))];
        });
      await page.waitFor(() => globalThis.part("screen").dataset.frame === "0");
      assert.deepEqual(await drawn(), [420, 420]);
      await page.evaluate(() => {
        globalThis.element.style.width = "202px";
      });
      await page.waitFor(() => globalThis.part("screen").width < 420);
      const [width, shown] = await drawn();
      assert.equal(width, shown);
      await page.close();
    });

    test("a poster lies over the first frame until it plays", async () => {
      const page = await ready({ src: "/shop.gif", poster: "" });
      await page.waitFor(() => globalThis.part("poster")?.dataset.frame === "6");
      await page.evaluate(() => globalThis.element.play());
      assert.equal(await page.evaluate(() => globalThis.part("poster")), null);
      await page.place({ src: "/shop.gif", poster: "/poster.png" });
      assert.equal(await page.evaluate(() => globalThis.part("poster")?.tagName ?? "none"), "IMG");
      await page.until("ready");
      assert.equal(await page.evaluate(() => globalThis.part("poster").tagName), "IMG");
      await page.evaluate(() => globalThis.element.goToStep(2));
      assert.equal(await page.evaluate(() => globalThis.part("poster")), null);
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });

    test("a poster is drawn even where the element gets another size meanwhile", async () => {
      const page = await site.open();
      await page.evaluate(() => {
        const { createImageBitmap } = globalThis;
        let changes = 0;
        globalThis.createImageBitmap = async (...given) => {
          if (globalThis.part("poster") && changes++ < 8) {
            globalThis.element.style.width = `${200 + 10 * changes}px`;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          return createImageBitmap(...given);
        };
        globalThis.place({ src: "/shop.gif", poster: "" }).style.width = "200px";
      });
      await page.waitFor(() => globalThis.part("poster")?.dataset.frame === "6");
      await page.close();
    });

    test("a title card belongs to the first step", async () => {
      const page = await ready({ src: "/titled.gif" });
      const steps = await page.evaluate(() => {
        globalThis.element.goToStep(1);
        globalThis.element.goToStep(0);
        return globalThis.told.flatMap(({ type, index, frame, count }) =>
          type === "stepchange" ? [[index, frame, count]] : [],
        );
      });
      assert.deepEqual(steps, [
        [0, 0, 8],
        [1, 2, 8],
        [0, 1, 8],
      ]);
      await page.close();
    });

    test("a GIF at hand takes the place of another without anything in between, and plays on where that played", async () => {
      const page = await site.open();
      await page.evaluate(async () => {
        globalThis.place({}, { gif: await globalThis.blobOf("/shop.gif") });
      });
      await page.until("ready");
      await page.waitFor(() => globalThis.part("screen").dataset.frame === "0");
      const replace = (path) =>
        page.evaluate(async (path) => {
          const { element, told } = globalThis;
          told.length = 0;
          const gif = await globalThis.blobOf(path);
          const canvas = globalThis.part("screen");
          element.gif = gif;
          await new Promise((resolve) => element.addEventListener("statechange", resolve, { once: true }));
          return {
            states: told.flatMap(({ type, state }) => (type === "statechange" ? state : [])),
            isSame: globalThis.part("screen") === canvas && canvas.width > 0,
            isPaused: element.paused,
            isNew: (await element.toBlob()) === gif,
          };
        }, path);
      const expected = { states: ["ready"], isSame: true, isNew: true };
      assert.deepEqual(await replace("/titled.gif"), { ...expected, isPaused: true });
      await page.evaluate(() => globalThis.element.play());
      assert.deepEqual({ ...(await replace("/shop.gif")), isPaused: undefined }, { ...expected, isPaused: undefined });
      await page.waitFor(() => globalThis.element.stepIndex > 0);
      // What has to be loaded first says so.
      await page.evaluate(() => {
        globalThis.told.length = 0;
        globalThis.element.gif = "/titled.gif";
      });
      await page.waitFor(() => globalThis.told.some(({ state }) => state === "ready"));
      const states = await page.evaluate(() => globalThis.told.flatMap(({ state }) => state ?? []));
      assert.deepEqual(states, ["waiting", "ready"]);
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });

    test("the speed stays what it was set to, before there is a player and after another GIF", async () => {
      const page = await site.open();
      await page.evaluate(async () => {
        globalThis.place({}, { playbackRate: 2, gif: await globalThis.blobOf("/shop.gif") });
      });
      await page.until("ready");
      const rates = () => page.evaluate(() => [globalThis.element.playbackRate, globalThis.part("speed").value]);
      assert.deepEqual(await rates(), [2, "2"]);
      await page.evaluate(() => {
        globalThis.element.playbackRate = 1.5;
      });
      assert.deepEqual(await rates(), [1.5, "1.5"]);
      await page.evaluate(async () => {
        globalThis.element.gif = await globalThis.blobOf("/titled.gif");
        globalThis.told.length = 0;
      });
      await page.waitFor(() => globalThis.told.some(({ state }) => state === "ready"));
      assert.deepEqual(await rates(), [1.5, "1.5"]);
      await page.evaluate(() => {
        const select = globalThis.part("speed");
        select.value = "4";
        select.dispatchEvent(new Event("change"));
      });
      assert.deepEqual(await rates(), [4, "4"]);
      await page.close();
    });

    test("a picture of what is shown has the pixels of the GIF, however small the player is", async () => {
      const page = await ready({ src: "/shop.gif" });
      await page.evaluate(() => {
        globalThis.element.style.width = "180px";
      });
      await page.waitFor(() => globalThis.part("screen").width < 400);
      const [width, height] = await page.evaluate(async () => {
        const picture = await createImageBitmap(await globalThis.element.snapshot());
        return [picture.width, picture.height];
      });
      assert.deepEqual([width, height], [420, 260]);
      await page.close();
    });

    test("a page may limit the height, hand in colors of the same names, and leave the transcript out", async () => {
      const page = await site.open();
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`
          :root { --accent: rgb(1, 2, 3); --text: rgb(4, 5, 6) }
          task-gif { --task-gif-accent: var(--accent); --task-gif-text: var(--text); --task-gif-max-height: 100px }
        `);
        document.adoptedStyleSheets = [sheet];
      });
      await page.place({ src: "/shop.gif", controlslist: "notranscript" });
      await page.until("ready");
      const seen = await page.evaluate(() => {
        globalThis.element.goToStep(1);
        const { width, height } = globalThis.part("screen").getBoundingClientRect();
        const fill = globalThis.element.shadowRoot.querySelector(".fill");
        const of = (element, name) => getComputedStyle(element)[name];
        return {
          size: [Math.round(width), Math.round(height)],
          colors: [of(fill, "backgroundColor"), of(globalThis.element, "color")],
          transcript: globalThis.part("transcript"),
        };
      });
      assert.deepEqual(seen, { size: [162, 100], colors: ["rgb(1, 2, 3)", "rgb(4, 5, 6)"], transcript: null });
      await page.close();
    });

    test("the transcript is open where there is room beside the picture", async () => {
      const page = await ready({ src: "/shop.gif" });
      for (const [width, isWide] of [
        [500, false],
        [730, true],
        [390, false],
      ]) {
        await page.evaluate((width) => {
          globalThis.element.style.width = `${width}px`;
        }, width);
        await page.waitFor((isWide) => {
          const [picture, list] = ["stage", "transcript"].map((name) => globalThis.part(name).getBoundingClientRect());
          return globalThis.part("transcript").open === isWide && list.left >= picture.right === isWide;
        }, isWide);
      }
      await page.close();
    });
  });
}
