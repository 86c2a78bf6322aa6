// What people deploy with: their own linters find nothing, and every variable is that of a flag.
//
//   pip install check-jsonschema kubernetes-validate
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../cli/support/cli.mjs";

const path = (name) => fileURLToPath(new URL(`../../www/${name}`, import.meta.url));
const python = process.env.PYTHON ?? "python3";
const lacks = (module) =>
  spawnSync(python, ["-c", `import ${module}`]).status !== 0 && `${python} has no ${module.replace("_", "-")}`;

function assertPasses(args) {
  const { status, stdout, stderr } = spawnSync(python, ["-m", ...args], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
}

test("the compose file is one", { skip: lacks("check_jsonschema") }, () =>
  assertPasses(["check_jsonschema", "--builtin-schema", "vendor.compose-spec", path("examples/compose.yaml")]),
);

test("the manifest for Kubernetes is one", { skip: lacks("kubernetes_validate") }, () =>
  assertPasses(["kubernetes_validate", "--strict", path("examples/kubernetes.yaml")]),
);

test("every variable in what is deployed, and in the guides, is that of a flag of its command", async () => {
  const help = await Promise.all(
    ["serve", "work"].map(async (name) => (await run([name, "--help"])).stdout.toString()),
  );
  const flags = new Set(help.flatMap((text) => [...text.matchAll(/--([a-z0-9-]+)/g)].map(([, flag]) => flag)));
  let found = 0;
  for (const name of [
    "examples/compose.yaml",
    "examples/kubernetes.yaml",
    "docs/self-hosting.md",
    "docs/deployment.md",
  ]) {
    for (const [variable, words] of readFileSync(path(name), "utf8").matchAll(/\bTASK_GIF_([A-Z0-9_]+)/g)) {
      assert.ok(flags.has(words.toLowerCase().replaceAll("_", "-")), `${name}: ${variable}`);
      found++;
    }
  }
  assert.ok(found >= 15, `${found} variables`);
});

test("the runbook names the metrics that there are", () => {
  const source = readFileSync(fileURLToPath(new URL("../../src/serve/metrics.ts", import.meta.url)), "utf8");
  for (const guide of ["docs/deployment.md", "docs/self-hosting.md"]) {
    for (const [name] of readFileSync(path(guide), "utf8").matchAll(/\btask_gif_\w+?(?=_bucket|\b)/g)) {
      assert.ok(
        source.includes(`"${name}"`) || source.includes(`${name}{`) || source.includes(`${name} `),
        `${guide}: ${name}`,
      );
    }
  }
});
