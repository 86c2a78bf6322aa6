// Rust to WebAssembly: cargo, wasm-bindgen, wasm-opt, and a look at the result. Leaves task_gif.js, task_gif.d.ts and
// task_gif_bg.wasm in pkg/, from where the TypeScript imports them.
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
const STAMP = join(PKG, "built-from.txt");
const OUTPUTS = ["task_gif.js", "task_gif.d.ts", "task_gif_bg.wasm"].map((name) => join(PKG, name));

// Named one by one: with all features wasm-opt may use instructions that Node 20 does not know.
const OPTIMIZE = [
  "-O3",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
  "--enable-simd",
];

// With simd128 on, the compiler vectorizes loops in well over a hundred functions, most of them in the decoders. Without
// it only the two dozen that a dependency marks for SIMD itself have vector instructions.
const MIN_VECTOR_FUNCTIONS = 80;

/** Builds pkg/; resolves to whether anything changed. */
export async function buildWasm() {
  const built = await compile();
  const { bindgen } = findBindgen() ?? {};
  if (!bindgen) throw new StepError(`wasm-bindgen ${lockedVersion()} is not installed`, "Run: npm run setup");
  const source = createHash("sha256")
    .update(readFileSync(built))
    .update([lockedVersion(), ...OPTIMIZE].join(" "))
    .digest("hex");
  if (isUpToDate(source)) {
    say("wasm", "unchanged");
    return false;
  }
  const since = Date.now();
  // Made aside and moved into place at the end, so that a build that is stopped leaves no half of one.
  const aside = join(ROOT, ".tools", `pkg-${process.pid}`);
  rmSync(aside, { recursive: true, force: true });
  try {
    await run(bindgen, ["--target", "web", "--out-dir", aside, "--out-name", "task_gif", built], {
      quiet: true,
      what: "wasm-bindgen",
    });
    await optimize(join(aside, "task_gif_bg.wasm"));
    const summary = assertSimd(readFileSync(join(aside, "task_gif_bg.wasm")));
    mkdirSync(PKG, { recursive: true });
    for (const path of OUTPUTS) renameSync(path.replace(PKG, aside), path);
    writeFileSync(STAMP, source);
    say("wasm", `bound and optimized in ${elapsed(since)}: ${summary}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
}

async function compile() {
  const toolchain = findWasmToolchain();
  if (!toolchain) throw new StepError(`there is no Rust toolchain for ${WASM_TARGET}`, "Run: npm run setup");
  for (const name of FLAG_VARIABLES) {
    if (process.env[name]) say("wasm", `${name} is left out here: it would replace the flags of .cargo/config.toml`);
  }
  const since = Date.now();
  const args = [
    "build",
    "--release",
    "--lib",
    ...(process.env.CI ? ["--locked"] : []),
    "--target",
    WASM_TARGET,
    ...toolchain.args,
    "--config",
    `target.${WASM_TARGET}.rustflags = ${JSON.stringify(await remappedPaths(toolchain))}`,
  ];
  await run(toolchain.cargo, [...args, "--target-dir", toolchain.targetFolder], {
    env: toolchain.env,
    what: "cargo build for wasm32",
  });
  say("wasm", `compiled by Rust ${toolchain.version} in ${elapsed(since)}`);
  return join(toolchain.targetFolder, WASM_TARGET, "release/task_gif.wasm");
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

function isUpToDate(source) {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === source && OUTPUTS.every((path) => existsSync(path));
}

async function optimize(path) {
  const optimized = `${path}.optimized`;
  const wasmOpt = packageProgram("binaryen/bin/wasm-opt");
  await run(process.execPath, [wasmOpt, ...OPTIMIZE, path, "-o", optimized], { quiet: true, what: "wasm-opt" });
  renameSync(optimized, path);
}

/** Throws unless the binary was built with simd128 throughout; returns one line about it. */
export function assertSimd(bytes) {
  const { functions, vectorFunctions, vectorInstructions } = inspectWasm(bytes);
  const summary = `${kilobytes(bytes.length)}, ${vectorInstructions} SIMD instructions in ${vectorFunctions} of ${functions} functions`;
  if (vectorFunctions < MIN_VECTOR_FUNCTIONS) {
    throw new StepError(
      `the binary was not built with simd128: ${summary}`,
      "The flags in .cargo/config.toml did not reach the compiler. Look for variables and cargo configuration files that set rustflags.",
    );
  }
  return summary;
}
