// A page whose policy forbids evaluating text can use all of the package.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

test("no script of the package evaluates text", () => {
  const scripts = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith(".js"));
  assert.ok(scripts.length > 5);
  for (const name of scripts) {
    const text = readFileSync(join(DIST, name), "utf8");
    const found = text.match(/.{0,40}(?<![\w$.])(?:eval\s*\(|new\s+Function\s*\(|Function\s*\(\s*["'`]).{0,40}/);
    assert.equal(found, null, `${name}: ${found?.[0]}`);
    assert.doesNotMatch(text, /set(?:Timeout|Interval)\(\s*["'`]/, name);
  }
});
