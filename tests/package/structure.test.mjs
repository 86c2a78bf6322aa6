// The check of the structure finds what it is there for: each rule is broken once, all of them in one small project.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../scripts/structure.mjs", import.meta.url));

/** Runs the check on a project of these files; what it printed, and its exit code. */
function check(files) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-structure-"));
  try {
    const all = { "package.json": "{}", "www/src/main.ts": "export {};\n", ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: "utf8" });
    return { status, text: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const use = (name, path) => `import { ${name} } from "${path}";\nexport const own = ${name};\n`;
const useType = (name, path) => `import type { ${name} } from "${path}";\nexport type Own = ${name};\n`;

test("modules in order pass", () => {
  const { status, text } = check({
    "src/js/types.ts": "export type Step = { number: number };\n",
    "src/js/options/table.ts": useType("Step", "../types.ts"),
    "src/entries/index.ts": use("own", "../js/options/table.ts"),
  });
  assert.equal(status, 0, text);
  assert.match(text, /4 modules/);
});

test("a lazy part may be imported on demand", () => {
  const { status, text } = check({
    "src/js/a.ts": 'export const load = () => import("./b.lazy.ts");\n',
    "src/js/b.lazy.ts": "export const own = 1;\n",
  });
  assert.equal(status, 0, text);
});

/** What must not be, by the words of the complaint that it must draw. */
const BROKEN = {
  "no-circles: src/js/values-a.ts": {
    "src/js/values-a.ts": use("own", "./values-b.ts"),
    "src/js/values-b.ts": use("own", "./values-a.ts"),
  },
  "no-circles: src/js/types-a.ts": {
    "src/js/types-a.ts": useType("Own", "./types-b.ts"),
    "src/js/types-b.ts": useType("Own", "./types-a.ts"),
  },
  "library-layers-options: src/js/options/a.ts -> src/js/assembly/b.ts": {
    "src/js/options/a.ts": use("own", "../assembly/b.ts"),
    "src/js/assembly/b.ts": "export const own = 1;\n",
  },
  "imports-exist: src/js/lost.ts -> ./nowhere.ts": { "src/js/lost.ts": use("own", "./nowhere.ts") },
  "library-is-the-bottom: src/js/up.ts -> src/serve/b.ts": {
    "src/js/up.ts": use("own", "../serve/b.ts"),
    "src/serve/b.ts": "export const own = 1;\n",
  },
  "server-runs-anywhere: src/serve/a.ts -> src/node/b.ts": {
    "src/serve/a.ts": use("own", "../node/b.ts"),
    "src/node/b.ts": "export const own = 1;\n",
  },
  "dashboard-is-a-user: www/src/a.ts -> src/js/shared.ts": {
    "www/src/a.ts": use("own", "../../src/js/shared.ts"),
    "src/js/shared.ts": "export const own = 1;\n",
  },
  "only-node-touches-node: src/js/files.ts -> fs": { "src/js/files.ts": 'import "node:fs";\n' },
  "only-node-touches-node: src/entries/index.ts -> fs": { "src/entries/index.ts": 'import "node:fs";\n' },
  "lazy-stays-lazy: src/js/static.ts -> src/js/part.lazy.ts": {
    "src/js/static.ts": use("own", "./part.lazy.ts"),
    "src/js/part.lazy.ts": "export const own = 1;\n",
  },
  "src/js/report: 17 files": Object.fromEntries(
    Array.from({ length: 17 }, (_, i) => [`src/js/report/m${i}.ts`, "export {};\n"]),
  ),
  "src/js/long.ts: 401 lines": { "src/js/long.ts": "export {};\n".repeat(401) },
};

test("every rule that is broken is named, with who breaks it", () => {
  const { status, text } = check(Object.assign({}, ...Object.values(BROKEN)));
  assert.notEqual(status, 0);
  for (const complaint of Object.keys(BROKEN))
    assert.ok(text.includes(complaint), `${complaint} is missing in: ${text}`);
});
