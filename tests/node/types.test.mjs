// The published types, used in strict TypeScript the way bundlers and Node resolve them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

for (const [name, resolution] of [
  ["a bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ["Node", ["--module", "nodenext", "--moduleResolution", "nodenext"]],
]) {
  test(`a strict program compiles as ${name} resolves the package`, () => {
    const args = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--noUncheckedIndexedAccess",
      ...["--jsx", "preserve"],
    ];
    args.push("--target", "es2023", "--lib", "es2023,dom,dom.iterable,dom.asynciterable", "--types", "", ...resolution);
    const compiler = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
    try {
      execFileSync(process.execPath, [compiler, ...args, "tests/node/types/use.ts", "tests/node/types/element.tsx"], {
        cwd: ROOT,
        encoding: "utf8",
      });
    } catch (error) {
      assert.fail(error.stdout || error.message);
    }
  });
}
