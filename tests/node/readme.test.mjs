// The README's first example, run as it stands there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test("the example in the README assembles a GIF", async () => {
  const [, code] = readFileSync(at("README.md"), "utf8").match(/```js\n([\s\S]*?)```/);
  assert.ok(code.trim().split("\n").length <= 8, "it is short");

  const folder = at("www/public/tasks/fastify-docs");
  const files = readdirSync(folder)
    .filter((name) => /\.(png|jpe?g|webp)$/.test(name))
    .sort()
    .slice(0, 3);
  assert.ok(files.length === 3);
  const urls = files.map((name) => `data:;base64,${readFileSync(`${folder}/${name}`).toString("base64")}`);
  const [image, lines] = [{ src: "" }, []];
  const bar = {
    value: 0,
    show(ratio) {
      this.value = ratio;
    },
  };
  const console = { log: (line) => lines.push(line) };

  // A function body cannot hold an import declaration; a dynamic import of the same name takes the same way.
  const body = code.replace(/import (\{[^}]*\}) from "task-gif";/, 'const $1 = await load("task-gif");');
  assert.notEqual(body, code);
  const AsyncFunction = (async () => {}).constructor;
  const run = new AsyncFunction("load", "urls", "bar", "image", "console", body);
  await run((name) => import(name), urls, bar, image, console);

  assert.equal(bar.value, 1);
  assert.match(image.src, /^blob:/);
  assert.match(lines[0], /^\d+ frames, \d+ bytes$/);
});
