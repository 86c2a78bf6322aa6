// The checks and test suites, each as a command and a way to count what it ran.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findBindgen } from "./bindgen.mjs";
import { browserVariables, findPython } from "./browsers.mjs";
import { packageProgram } from "./npm.mjs";
import { ROOT, read } from "./process.mjs";
import { findNativeToolchain, findOldestToolchain, findWasmToolchain, minimumVersion, WASM_TARGET } from "./rust.mjs";
import { countCargo, countCommand, countNode, failedFiles } from "./tally.mjs";
import { MODULES } from "./wasm.mjs";

/** The sections in the order they start: quick findings first, and the longest of the last two before the other. */
export const SECTIONS = ["check", "rust", "node", "e2e", "browser"];

// In CI the lock file must already be right; while working, cargo may bring it up to date.
const LOCKED = process.env.CI ? ["--locked"] : [];
const ONE_AT_A_TIME = ["--test-concurrency=1"];
// Only a hanging test is this slow; nothing here asserts how long something takes.
const HANG_MS = 900_000;

/**
 * The suites of a section: `{ name, command, args, env, count, lock, retry }`, or `{ name, skip }` where this machine lacks a
 * program that is only a convenience; `lock` is that of `runSideBySide`. `retry(output)` returns the suite of the test files
 * that failed in an output. Suites whose folder does not exist are left out.
 */
export function suitesOf(section) {
  // cargo lets one of its own wait for another, and tests/node compares with a program that cargo builds.
  return commandsOf(section).map((suite) =>
    /^cargo |tests\/node$/.test(suite.name) ? { lock: "cargo", ...suite } : suite,
  );
}

function commandsOf(section) {
  switch (section) {
    case "check":
      return [...rustChecks(), ...scriptChecks()];
    case "rust":
      return [nativeTests(), ...wasmTests()];
    case "node":
      return [
        ...nodeTests("node", []),
        ...nodeTests("runs", []),
        ...nodeTests("cli", []),
        ...nodeTests("package", []),
        ...nodeTests("client", ONE_AT_A_TIME),
        ...timedTests("serve"),
      ];
    case "browser":
      return ["element", "browser", "trust", "captions"].flatMap(timedTests);
    default:
      return timedTests(section);
  }
}

function rustChecks() {
  const { cargo, env, rustc } = findNativeToolchain();
  const wasm = findWasmToolchain();
  const clippy = (name, args, options) => ({
    name,
    command: cargo,
    args: ["clippy", ...LOCKED, ...args, "--", "-D", "warnings"],
    env: options,
    count: countCommand,
  });
  const suites = [];
  if (read(cargo, ["fmt", "--version"], { env })) {
    suites.push({ name: "cargo fmt", command: cargo, args: ["fmt", "--check"], env, count: countCommand });
  } else {
    suites.push({ name: "cargo fmt", skip: "rustfmt is not installed" });
  }
  suites.push(oldestRust());
  if (!read(cargo, ["clippy", "--version"], { env })) {
    return [...suites, { name: "cargo clippy", skip: "clippy is not installed" }];
  }
  suites.push(clippy("cargo clippy", ["--all-targets"], env));
  // Debian has no clippy for the compiler that builds wasm32 there.
  if (wasm?.rustc === rustc) {
    const targets = ["--lib", ...wasmTestTargets().flatMap((name) => ["--test", name])];
    suites.push(clippy("cargo clippy for wasm32", [...targets, "--target", WASM_TARGET], wasm.env));
    for (const { feature } of MODULES) {
      const alone = ["--lib", "--no-default-features", "--features", feature];
      suites.push(clippy(`cargo clippy for wasm32, ${feature} alone`, [...alone, "--target", WASM_TARGET], wasm.env));
    }
  } else {
    suites.push({ name: "cargo clippy for wasm32", skip: "the compiler that builds wasm32 here has no clippy" });
  }
  return suites;
}

/** The library with the oldest compiler that Cargo.toml promises to do with. */
function oldestRust() {
  const name = `cargo check with Rust ${minimumVersion()}`;
  const toolchain = findOldestToolchain();
  const advice = `rustup toolchain install ${minimumVersion()} --profile minimal`;
  if (!toolchain) return { name, skip: `it is not installed (${advice})` };
  return {
    name,
    command: "rustup",
    args: ["run", toolchain, "cargo", "check", "--locked", "--lib"],
    // Two compilers in one folder would rebuild each other's work.
    env: { CARGO_TARGET_DIR: join(ROOT, "target/oldest") },
    count: countCommand,
  };
}

function scriptChecks() {
  const node = (name, program, args) => ({
    name,
    command: process.execPath,
    args: [packageProgram(program), ...args],
    count: countCommand,
  });
  const projects = ["tsconfig.json", "tsconfig.node.json", "www/tsconfig.json", "www/tsconfig.worker.json"].filter(
    (path) => existsSync(join(ROOT, path)) && (path !== "tsconfig.node.json" || existsSync(join(ROOT, "src/node"))),
  );
  return [
    node("biome", "@biomejs/biome/bin/biome", ["ci", "--colors=off", "."]),
    ...projects.map((path) => node(`tsc ${path}`, "typescript/bin/tsc", ["--noEmit", "-p", path])),
    node("publint", "publint/src/cli.js", ["--strict"]),
    {
      name: "structure of the modules",
      command: process.execPath,
      args: ["scripts/structure.mjs"],
      count: countCommand,
    },
    {
      name: "comments of the API reference",
      command: process.execPath,
      args: ["scripts/reference.mjs"],
      count: countCommand,
    },
    {
      name: "licenses and lock files",
      command: process.execPath,
      args: ["scripts/third-party.mjs", "--check"],
      count: countCommand,
    },
  ];
}

function nativeTests() {
  const { cargo, env } = findNativeToolchain();
  return { name: "cargo test", command: cargo, args: ["test", ...LOCKED], env, count: countCargo };
}

function wasmTests() {
  const targets = wasmTestTargets();
  if (targets.length === 0) return [];
  const { cargo, args, env, targetFolder } = findWasmToolchain();
  return [
    {
      name: "cargo test for wasm32, in Chromium",
      command: cargo,
      args: [
        "test",
        ...LOCKED,
        ...args,
        ...["--target", WASM_TARGET, "--target-dir", targetFolder],
        ...targets.flatMap((name) => ["--test", name]),
      ],
      env: {
        ...env,
        ...browserVariables(),
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: findBindgen().testRunner,
        WASM_BINDGEN_TEST_ONLY_WEB: "1",
        // The runner's own limits are too short for the first start of a browser on two busy cores.
        WASM_BINDGEN_TEST_TIMEOUT: "180",
        WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
      },
      count: countCargo,
    },
  ];
}

/** Names of the test targets in Cargo.toml that are written for wasm-bindgen's runner. */
function wasmTestTargets() {
  const manifest = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  return manifest
    .split(/^\[/m)
    .filter((table) => table.startsWith("[test]]"))
    .map((table) => ({ name: table.match(/^name = "(.+)"/m)?.[1], path: table.match(/^path = "(.+)"/m)?.[1] }))
    .filter(({ name, path }) => name && path && existsSync(join(ROOT, path)))
    .filter(({ path }) => readFileSync(join(ROOT, path), "utf8").includes("wasm_bindgen_test"))
    .map(({ name }) => name);
}

/** Tests that wait for browsers and servers. Two cores that do more than that miss deadlines: what fails is tried again. */
function timedTests(folder) {
  return nodeTests(folder, ONE_AT_A_TIME).map((suite) => ({
    ...suite,
    retry(output) {
      const files = failedFiles(output);
      return files.length > 0 && { ...suite, files, args: nodeArgs(ONE_AT_A_TIME, files) };
    },
  }));
}

const nodeArgs = (options, files) => [
  "--test",
  "--test-reporter=spec",
  `--test-timeout=${HANG_MS}`,
  ...options,
  ...files,
];

function nodeTests(folder, options) {
  const path = join(ROOT, "tests", folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path, { recursive: true })
    .filter((file) => /\.test\.m?js$/.test(file) && !file.includes("node_modules"))
    // Tools name folders of screenshots after test files.
    .filter((file) => statSync(join(path, file)).isFile())
    .map((file) => join("tests", folder, file))
    .sort();
  const name = `node --test tests/${folder}`;
  if (files.length === 0) return [{ name, command: process.execPath, args: ["-e", ""], count: countNode }];
  return [
    {
      name,
      command: process.execPath,
      args: nodeArgs(options, files),
      env: { ...browserVariables(), PYTHON: findPython(), NODE_TEST_CONTEXT: undefined },
      count: countNode,
    },
  ];
}
