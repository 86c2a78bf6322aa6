// The README's first example, run as it stands there.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test("the example in the README assembles a GIF", async () => {
  const [, code] = readFileSync(at("README.md"), "utf8").match(/```js\n([\s\S]*?)```/);
  assert.ok(code.trim().split("\n").length <= 5, "it is short");

  const folder = at("www/public/tasks/fastify-docs");
  const files = readdirSync(folder)
    .filter((name) => /\.(png|jpe?g|webp)$/.test(name))
    .sort()
    .slice(0, 3);
  assert.ok(files.length === 3);
  const screenshots = files.map((name) => readFileSync(`${folder}/${name}`));
  const image = { src: "" };

  // A function body cannot hold an import declaration; a dynamic import of the same name takes the same way.
  const body = code.replace(/import (\{[^}]*\}) from "task-gif";/, 'const $1 = await load("task-gif");');
  assert.notEqual(body, code);
  const AsyncFunction = (async () => {}).constructor;
  const run = new AsyncFunction("load", "screenshots", "image", body);
  await run((name) => import(name), screenshots, image);
  assert.match(image.src, /^blob:/);
});
