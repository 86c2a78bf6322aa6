// Many players on one page: what is loaded, in which order, and what is let go of.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, FILES, start } from "./support/pages.mjs";

const files = {};
const COUNT = 24;

before(async () => {
  const gif = await assembleGif(blobsOf("shop"), { delay: 300 });
  const bytes = Buffer.from(await gif.blob.arrayBuffer());
  for (let i = 0; i < COUNT; i++) files[`/run-${i}.gif`] = bytes;
});

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    /** A page with a column of players, 800 px each, which remembers what they tell. */
    async function column(attributes, properties = {}) {
      const page = await site.open();
      await page.evaluate(
        ({ count, attributes, properties }) => {
          globalThis.log = [];
          globalThis.players = Array.from({ length: count }, (_, i) => {
            const element = document.createElement("task-gif");
            for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value.replace("#", i));
            for (const type of ["statechange", "play", "pause"]) {
              element.addEventListener(type, ({ detail }) => globalThis.log.push([i, detail?.state ?? type]));
            }
            Object.assign(element, properties);
            element.style.height = "800px";
            return element;
          });
          document.querySelector("main").append(...globalThis.players);
        },
        { count: COUNT, attributes, properties },
      );
      return page;
    }

    const states = (page) => page.evaluate(() => globalThis.players.map(({ state }) => state));

    test("nothing loads before it is near the viewport, and it loads when it is scrolled there", async () => {
      const page = await column({ src: "/run-#.gif" });
      await page.waitFor(() => globalThis.players[0].state === "ready" && globalThis.players[1].state === "ready");
      const loaded = () =>
        page.evaluate(() =>
          performance.getEntriesByType("resource").flatMap(({ name }) => /run-\d+/.exec(name)?.[0] ?? []),
        );
      assert.ok((await loaded()).length <= 4, (await loaded()).join());
      assert.ok((await states(page)).slice(4).every((state) => state === "waiting"));
      await page.evaluate(() => globalThis.players[20].scrollIntoView());
      await page.waitFor(() => globalThis.players[20].state === "ready");
      assert.ok(!(await loaded()).includes("run-10"));
      await page.close();
    });

    test("what scrolls away pauses and lets go of its pixels, and goes on when it is back", async () => {
      const page = await column({ src: "/run-#.gif", autoplay: "", loop: "" });
      await page.waitFor(() => globalThis.players[0].state === "ready" && !globalThis.players[0].paused);
      await page.waitFor(() => globalThis.players[1].state === "ready");
      // The second is near, and not seen.
      await page.waitFor(
        () => globalThis.players[1].paused || globalThis.players[1].getBoundingClientRect().top < innerHeight,
      );
      const shape = () =>
        page.evaluate(() => {
          const canvas = globalThis.players[0].shadowRoot.querySelector("canvas");
          return [canvas.clientWidth, canvas.clientHeight];
        });
      const before = await shape();
      await page.evaluate(() => globalThis.players[20].scrollIntoView());
      await page.waitFor(() => globalThis.players[0].paused);
      assert.deepEqual(await shape(), before);
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitFor(() => !globalThis.players[0].paused);
      await page.waitFor(() => globalThis.players[0].shadowRoot.querySelector("canvas").width > 0);
      assert.deepEqual(await page.problems(), []);
      await page.close();
    });

    test("GIFs are made one after another, that which is seen first", async () => {
      const screenshots = FILES.map((file) => `/screens/shop/${file}`);
      const page = await column({}, { screenshots, options: { effort: "fast" } });
      await page.waitFor(() => globalThis.players.slice(0, 2).every(({ state }) => state === "ready"));
      const log = await page.evaluate(() => globalThis.log);
      const made = log.filter(([, state]) => state === "assembling" || state === "ready");
      assert.deepEqual(made.slice(0, 2), [
        [0, "assembling"],
        [0, "ready"],
      ]);
      // Never two at a time.
      let busy;
      for (const [i, state] of made) {
        if (state === "assembling") assert.equal(busy, undefined);
        busy = state === "assembling" ? i : undefined;
      }
      // What has been made can be had.
      const size = await page.evaluate(async () => {
        const [first] = globalThis.players;
        return [first.gif.blob.size, (await first.toBlob()).size];
      });
      assert.ok(size[0] > 0 && size[0] === size[1], size.join());
      await page.close();
    });
  });
}
