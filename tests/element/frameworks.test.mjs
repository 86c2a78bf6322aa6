// <task-gif> in pages made with React 19 and Vue 3.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, STEPS, start } from "./support/pages.mjs";

const files = {};

before(async () => {
  const [shop, other] = await Promise.all([
    assembleGif(blobsOf("shop"), { keepDuplicates: true }),
    assembleGif(blobsOf("shop").slice(0, 3)),
  ]);
  files["/shop.gif"] = Buffer.from(await shop.blob.arrayBuffer());
  files["/other.gif"] = Buffer.from(await other.blob.arrayBuffer());
  for (const name of ["react", "vue"]) {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`support/${name}-page.mjs`, import.meta.url))],
      bundle: true,
      format: "esm",
      write: false,
      define: {
        "process.env.NODE_ENV": '"development"',
        __VUE_OPTIONS_API__: "false",
        __VUE_PROD_DEVTOOLS__: "false",
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
      },
    });
    files[`/${name}.js`] = outputFiles[0].text;
  }
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
  });
}
