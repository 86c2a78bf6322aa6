// The crate as it is published: which files it has, and which Rust it says it needs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findNativeToolchain, minimumVersion } from "../../scripts/lib/rust.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (path) => readFileSync(join(root, path), "utf8");

test("cargo packages the sources, the README and the licenses, and nothing else", () => {
  const { cargo, env } = findNativeToolchain();
  const args = ["package", "--locked", "--no-verify", "--allow-dirty", "--list", "--color=never"];
  const result = spawnSync(cargo, args, { cwd: root, encoding: "utf8", env: { ...process.env, ...env } });
  assert.equal(result.status, 0, result.stderr);
  assert.doesNotMatch(result.stderr, /^warning/m);
  const listed = result.stdout
    .trim()
    .split(/\r?\n/)
    .map((path) => path.replaceAll("\\", "/"));
  const sources = readdirSync(join(root, "src"), { recursive: true })
    .filter((name) => name.endsWith(".rs"))
    .map((name) => `src/${name.replaceAll("\\", "/")}`);
  const besides = ["Cargo.lock", "Cargo.toml", "Cargo.toml.orig", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];
  assert.deepEqual(listed.filter((path) => path !== ".cargo_vcs_info.json").sort(), [...besides, ...sources].sort());
});

test("the README and the workflow have the oldest Rust that Cargo.toml promises", () => {
  const version = minimumVersion();
  assert.ok(text("README.md").includes(`Rust ${version} and later`), version);
  const workflow = text(".github/workflows/check.yml");
  assert.ok(workflow.includes(`rustup toolchain install ${version} `) && workflow.includes(`cargo +${version} check`));
});
