// Rust to WebAssembly: cargo, wasm-bindgen, wasm-opt, and a look at the result. Leaves NAME.js, NAME.d.ts and NAME_bg.wasm of
// each module in pkg/, from where the TypeScript imports them.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findBindgen, lockedVersion } from "./bindgen.mjs";
import { packageProgram } from "./npm.mjs";
import { ROOT, run } from "./process.mjs";
import { elapsed, kilobytes, StepError, say } from "./report.mjs";
import { FLAG_VARIABLES, findWasmToolchain, WASM_TARGET } from "./rust.mjs";
import { inspectWasm } from "./wasm-inspect.mjs";

export const PKG = join(ROOT, "pkg");

/**
 * The wasm modules of the package, each the crate with one of its features. `flags` are for rustc, `optimize`
 * for wasm-opt.
 */
export const MODULES = [
  {
    name: "task_gif",
    feature: "assembler",
    optLevel: 3,
    // Inlining past this makes the compressed binary 3 % larger and nothing faster.
    flags: ["-Cllvm-args=-inline-threshold=90"],
    optimize: ["-O3"],
    // With simd128 on, the compiler vectorizes loops in well over a hundred functions, most of them in the decoders.
    // Without it only the two dozen that a dependency marks for SIMD itself have vector instructions.
    minVectorFunctions: 80,
  },
  {
    name: "task_gif_client",
    feature: "client",
    // It waits for the network, and one frame of a GIF is painted at a time: what counts is how soon it is there.
    optLevel: "z",
    flags: [],
    // A function that is called once compresses better as one. Two sections that only tools read are 0.3 %.
    optimize: ["-Oz", "--one-caller-inline-max-function-size=0", "--strip-producers", "--strip-target-features"],
    minVectorFunctions: 1,
  },
];

// Named one by one: with all features wasm-opt may use instructions that Node 20 does not know.
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
  "--enable-simd",
];

/** Builds pkg/; resolves to whether anything changed. */
export async function buildWasm() {
  const toolchain = findWasmToolchain();
  if (!toolchain) throw new StepError(`there is no Rust toolchain for ${WASM_TARGET}`, "Run: npm run setup");
  for (const name of FLAG_VARIABLES) {
    if (process.env[name]) say("wasm", `${name} is left out here: it would replace the flags of .cargo/config.toml`);
  }
  const { bindgen } = findBindgen() ?? {};
  if (!bindgen) throw new StepError(`wasm-bindgen ${lockedVersion()} is not installed`, "Run: npm run setup");
  let changed = false;
  for (const module of MODULES) changed = (await buildModule(module, toolchain, bindgen)) || changed;
  return changed;
}

async function buildModule(module, toolchain, bindgen) {
  const built = await compile(module, toolchain);
  const source = createHash("sha256")
    .update(readFileSync(built))
    .update([lockedVersion(), ...module.optimize, ...FEATURES].join(" "))
    .digest("hex");
  const outputs = [`${module.name}.js`, `${module.name}.d.ts`, `${module.name}_bg.wasm`];
  const stamp = join(PKG, `${module.name}.built-from.txt`);
  const isThere = outputs.every((name) => existsSync(join(PKG, name)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, "utf8") === source) {
    say("wasm", `${module.feature} unchanged`);
    return false;
  }
  const since = Date.now();
  // Made aside and moved into place at the end, so that a build that is stopped leaves no half of one.
  const aside = join(ROOT, ".tools", `pkg-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  try {
    await run(bindgen, ["--target", "web", "--out-dir", aside, "--out-name", module.name, built], {
      quiet: true,
      what: "wasm-bindgen",
    });
    const wasm = join(aside, `${module.name}_bg.wasm`);
    await optimize(wasm, module);
    const summary = assertSimd(readFileSync(wasm), module);
    mkdirSync(PKG, { recursive: true });
    for (const name of outputs) renameSync(join(aside, name), join(PKG, name));
    writeFileSync(stamp, source);
    say("wasm", `${module.feature} bound and optimized in ${elapsed(since)}: ${summary}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
}

async function compile({ feature, optLevel, flags }, toolchain) {
  const since = Date.now();
  // In one folder, each module would be compiled again whenever the other was.
  const folder = join(toolchain.targetFolder, feature);
  const args = [
    "build",
    "--release",
    "--lib",
    "--no-default-features",
    "--features",
    feature,
    ...(process.env.CI ? ["--locked"] : []),
    "--target",
    WASM_TARGET,
    ...toolchain.args,
    "--config",
    `target.${WASM_TARGET}.rustflags = ${JSON.stringify([...flags, ...(await remappedPaths(toolchain))])}`,
    "--config",
    `profile.release.opt-level = ${JSON.stringify(optLevel)}`,
  ];
  await run(toolchain.cargo, [...args, "--target-dir", folder], {
    env: toolchain.env,
    what: "cargo build for wasm32",
  });
  say("wasm", `${feature} compiled by Rust ${toolchain.version} in ${elapsed(since)}`);
  return join(folder, WASM_TARGET, "release/task_gif.wasm");
}

/** Flags, added to those of .cargo/config.toml, that keep paths of this machine out of panic messages. */
async function remappedPaths({ cargo, env }) {
  const home = env.CARGO_HOME ?? process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const rustc = env.RUSTC ?? cargo.replace(/cargo(\.exe)?$/, "rustc$1");
  const sysroot = (await run(rustc, ["--print", "sysroot"], { env, quiet: true, what: "rustc" })).trim();
  const names = {
    [join(home, "registry/src")]: "crates",
    [join(sysroot, "lib/rustlib/src/rust")]: "rust",
    [ROOT]: ".",
  };
  return Object.entries(names).map(([path, name]) => `--remap-path-prefix=${path}=${name}`);
}

async function optimize(path, { optimize }) {
  const optimized = `${path}.optimized`;
  const wasmOpt = packageProgram("binaryen/bin/wasm-opt");
  await run(process.execPath, [wasmOpt, ...optimize, ...FEATURES, path, "-o", optimized], {
    quiet: true,
    what: "wasm-opt",
  });
  renameSync(optimized, path);
}

/** Throws unless the binary was built with simd128 throughout; returns one line about it. */
export function assertSimd(bytes, { minVectorFunctions }) {
  const { functions, vectorFunctions, vectorInstructions } = inspectWasm(bytes);
  const summary = `${kilobytes(bytes.length)}, ${vectorInstructions} SIMD instructions in ${vectorFunctions} of ${functions} functions`;
  if (vectorFunctions < minVectorFunctions) {
    throw new StepError(
      `the binary was not built with simd128: ${summary}`,
      "The flags in .cargo/config.toml did not reach the compiler. Look for variables and cargo configuration files that set rustflags.",
    );
  }
  return summary;
}
