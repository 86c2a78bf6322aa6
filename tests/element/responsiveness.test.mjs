// Players with many steps, and many players: how much work one task does, and for whom. How long the tasks are depends on
// the machine; npm run bench:responsiveness measures it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { randomGif } from "./support/gif-maker.mjs";
import { BROWSERS, start } from "./support/pages.mjs";

const MANY = 200;
/** Rows that one task may add. */
const MOST_IN_ONE_TASK = 12;
const PLAYERS = 24;
const files = {
  "/many.gif": randomGif(1, { count: MANY }),
  "/few.gif": randomGif(1, { count: 3 }),
};

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    test("the transcript of many steps comes in slices; the bar has as many elements as for few", async () => {
      const page = await site.open();
      await page.evaluate(() => {
        globalThis.rowsByTask = [];
        const element = globalThis.place({ src: "/many.gif" });
        element.addEventListener("statechange", ({ detail }) => {
          if (detail.state !== "ready") return;
          const list = globalThis.part("steps");
          globalThis.rowsByTask.push(list.childElementCount);
          // Told after each task.
          new MutationObserver((records) => {
            globalThis.rowsByTask.push(records.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0));
          }).observe(list, { childList: true });
        });
      });
      await page.waitFor((count) => globalThis.part("steps")?.childElementCount === count, MANY);
      const counts = await page.evaluate(() => globalThis.rowsByTask);
      assert.equal(
        counts.reduce((sum, count) => sum + count, 0),
        MANY,
      );
      assert.ok(Math.max(...counts) <= MOST_IN_ONE_TASK, `rows by task: ${counts}`);
      const elements = () => page.evaluate(() => globalThis.part("scrubber").querySelectorAll("*").length);
      const many = await elements();
      await page.place({ src: "/few.gif" });
      await page.until("ready");
      assert.equal(await elements(), many);
      await page.close();
    });

    test("a step that is shown before its row is there is marked once it is", async () => {
      const page = await site.open();
      await page.evaluate((index) => {
        const element = globalThis.place({ src: "/many.gif" });
        element.addEventListener("statechange", ({ detail }) => {
          if (detail.state === "ready") element.goToStep(index);
        });
      }, MANY - 1);
      await page.waitFor(
        (index) => globalThis.part("steps")?.children[index]?.firstElementChild.ariaCurrent === "step",
        MANY - 1,
      );
      assert.equal(
        await page.evaluate(() => globalThis.part("steps").querySelectorAll("[aria-current], .shown").length),
        2,
      );
      await page.close();
    });

    test("scrolling asks nothing of players that are out of view", async () => {
      const page = await site.open();
      await page.evaluate((count) => {
        globalThis.players = Array.from({ length: count }, () => {
          const element = document.createElement("task-gif");
          element.setAttribute("src", "/few.gif");
          element.style.height = "800px";
          return element;
        });
        document.querySelector("main").append(...globalThis.players);
      }, PLAYERS);
      // All of them have been near once.
      for (let i = 0; i < PLAYERS; i++) {
        await page.evaluate((i) => globalThis.players[i].scrollIntoView(), i);
        await page.waitFor((i) => globalThis.players[i].state === "ready", i);
      }
      const asked = await page.evaluate(async () => {
        const found = new Set();
        const note = (element) => {
          const host = element.getRootNode().host ?? element;
          if (globalThis.players.includes(host)) found.add(globalThis.players.indexOf(host));
        };
        for (const name of ["clientWidth", "clientHeight"]) {
          const { get } = Object.getOwnPropertyDescriptor(Element.prototype, name);
          Object.defineProperty(Element.prototype, name, {
            get() {
              note(this);
              return get.call(this);
            },
          });
        }
        const { set } = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
        Object.defineProperty(HTMLCanvasElement.prototype, "width", {
          set(width) {
            note(this);
            set.call(this, width);
          },
        });
        const { getBoundingClientRect } = Element.prototype;
        Element.prototype.getBoundingClientRect = function () {
          note(this);
          return getBoundingClientRect.call(this);
        };
        const picture = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        globalThis.players[10].scrollIntoView();
        for (let i = 0; i < 10; i++) await picture();
        found.clear();
        for (let i = 0; i < 80; i++) {
          scrollBy(0, 20);
          await picture();
        }
        return [...found].sort((a, b) => a - b);
      });
      // From the 10th to the 12th, with a screen before and after them, and one that comes or goes.
      assert.ok(asked.length > 0, "nothing was asked of any player");
      assert.ok(asked[0] >= 7 && asked.at(-1) <= 16, `players that were asked: ${asked}`);
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });
  });
}
