// <task-gif> in pages made with React 19, Vue 3 and Svelte 5.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { bundlePage } from "./support/bundle-page.mjs";
import { BROWSERS, FILES, STEPS, start } from "./support/pages.mjs";

/** Pages that make everything anew at every rendering. */
const INLINE = ["React 19", "React 19 with the React Compiler", "Vue 3", "Svelte 5"];
const ADDRESSES = FILES.map((file) => `/screens/shop/${file}`);

const files = {};

before(async () => {
  const [shop, other] = await Promise.all([
    assembleGif(blobsOf("shop"), { keepDuplicates: true }),
    assembleGif(blobsOf("shop").slice(0, 3)),
  ]);
  files["/shop.gif"] = Buffer.from(await shop.blob.arrayBuffer());
  files["/other.gif"] = Buffer.from(await other.blob.arrayBuffer());
  files["/react.js"] = await bundlePage("react-page.mjs");
  files["/vue.js"] = await bundlePage("vue-page.mjs");
  files["/inline-0.js"] = await bundlePage("inline/react.jsx");
  files["/inline-1.js"] = await bundlePage("inline/react.jsx", { isCompiled: true });
  files["/inline-2.js"] = await bundlePage("inline/vue.mjs");
  files["/inline-3.js"] = await bundlePage("inline/svelte.mjs");
});

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    for (const framework of ["react", "vue"]) {
      test(`attributes, properties and events work, and follow the page: ${framework}`, async () => {
        const page = await site.open();
        await page.evaluate(
          async ([path, steps]) => {
            await import(path);
            const place = document.createElement("div");
            document.querySelector("main").append(place);
            globalThis.unmount = globalThis.mount(place, steps);
          },
          [`/${framework}.js`, STEPS],
        );
        const says = (text) => page.waitFor((wanted) => document.querySelector("output")?.textContent === wanted, text);
        await says("ready, 1 of 8 Goal 1");
        await page.evaluate(() => document.querySelector("task-gif").goToStep(2));
        await says("ready, 3 of 8 Goal 3");
        assert.equal(await page.evaluate(() => document.querySelector("task-gif").hasAttribute("loop")), true);
        await page.evaluate(() => document.querySelector("section button").click());
        await says("ready, 1 of 3 ");
        await page.evaluate(() => globalThis.unmount());
        assert.equal(await page.evaluate(() => document.querySelector("task-gif")), null);
        assert.deepEqual(await page.problems(), []);
        await page.close();
      });
    }

    for (const [i, framework] of INLINE.entries()) {
      test(`lists and options made while rendering load the replay once, and again when they say something else: ${framework}`, async () => {
        const page = await site.open();
        await page.evaluate(
          async ([path, addresses]) => {
            globalThis.states = [];
            globalThis.warnings = [];
            console.warn = (text) => globalThis.warnings.push(text);
            await import(path);
            const place = document.createElement("div");
            document.querySelector("main").append(place);
            globalThis.unmount = globalThis.mount(place, addresses);
          },
          [`/inline-${i}.js`, ADDRESSES],
        );
        const atEnd = () => page.waitFor(() => document.querySelector("output")?.textContent === "8 of 8");
        await atEnd();
        assert.deepEqual(await page.evaluate(() => globalThis.states), ["waiting", "assembling", "ready"]);
        // The newest function hears of the progress, and the newest labels are shown.
        const [, told] = await page.evaluate(() =>
          [...document.querySelectorAll("output")].map(({ textContent }) => textContent),
        );
        assert.equal(told, "3 changes, 100 %");
        const text = await page.evaluate(() => document.querySelector("task-gif").shadowRoot.textContent);
        assert.match(text, /Schritt 8 von 8/);
        await page.evaluate(() => document.querySelector("section button").click());
        await page.waitFor(
          () => globalThis.states.length === 6 && document.querySelector("task-gif").state === "ready",
        );
        await atEnd();
        assert.deepEqual(await page.evaluate(() => globalThis.states.slice(3)), ["waiting", "assembling", "ready"]);
        await page.evaluate(() => globalThis.unmount());
        assert.deepEqual(await page.evaluate(() => globalThis.warnings), []);
        assert.deepEqual(await page.problems(), []);
        await page.close();
      });
    }

    test("values that are other ones each time start the replay anew each time, which the console says once", async () => {
      const page = await site.open();
      const found = await page.evaluate(async () => {
        const warnings = [];
        console.warn = (text) => warnings.push(text);
        const element = globalThis.place({});
        const turn = () => new Promise((resolve) => setTimeout(resolve));
        for (let i = 0; i < 9; i++) {
          element.screenshots = [{ image: "/screens/shop/00.png" }, { image: new Blob([]), caption: "Goal" }];
          await turn();
        }
        element.remove();
        return warnings.filter((text) => text.includes("RELOADED"));
      });
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0], /expected screenshots\[1\]\.image to stay/);
      await page.close();
    });

    test("an element that is moved goes on with what it shows", async () => {
      const page = await site.open();
      await page.place({ src: "/shop.gif" });
      await page.until("ready");
      const states = await page.evaluate(async () => {
        globalThis.element.goToStep(3);
        globalThis.told.length = 0;
        document.querySelector("main").prepend(globalThis.element);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return [globalThis.element.state, globalThis.element.stepIndex, globalThis.told.length];
      });
      assert.deepEqual(states, ["ready", 3, 0]);
      await page.close();
    });
  });
}
