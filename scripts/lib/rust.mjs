// The Rust toolchains: one for this machine's own code, one for wasm32, which are often but not always the same.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { aptCommand, aptInstall, aptObstacle } from "./apt.mjs";
import { executable, isExecutable, ROOT, read, start, which } from "./process.mjs";
import { StepError, say } from "./report.mjs";

export const WASM_TARGET = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const ADVICE = `Install Rust by hand, either way will do:
  rustup (rustup.rs), then:  rustup toolchain install stable && rustup target add ${WASM_TARGET}
  on Debian 12:              ${aptCommand(DEBIAN_PACKAGES)}`;

/** Variables that would replace the flags of .cargo/config.toml, and with them the SIMD the crate is built for. */
export const FLAG_VARIABLES = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"];

/** cargo for this machine's own code: `{ cargo, env, version }`, or undefined when none is new enough. */
export function findNativeToolchain() {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const candidates = [which("cargo"), join(home, "bin", executable("cargo")), "/usr/bin/cargo"];
  for (const cargo of candidates) {
    if (!cargo || !isExecutable(cargo)) continue;
    // Debian's cargo would start whatever rustc comes first on PATH, so the pair is named together.
    const rustc = cargo.replace(/cargo(\.exe)?$/, "rustc$1");
    const version = read(rustc, ["--version"])?.match(/\d+\.\d+\.\d+/)?.[0];
    if (!version || isOlder(version, minimumVersion())) continue;
    const env = cargo === "/usr/bin/cargo" ? { RUSTC: rustc, RUSTDOC: "/usr/bin/rustdoc" } : {};
    return { cargo, rustc, env, version };
  }
  return undefined;
}

/** The name of rustup's toolchain of the oldest version that Cargo.toml allows, or undefined. */
export function findOldestToolchain() {
  const installed = read("rustup", ["toolchain", "list"])?.split("\n") ?? [];
  const names = installed.map((line) => line.split(" ")[0]);
  return names.find((name) => name.startsWith(`${minimumVersion()}-`) || name.startsWith(`${minimumVersion()}.`));
}

/**
 * cargo for wasm32, or undefined: `{ cargo, env, args, targetFolder, kind }`. Kind "installed" has the target's
 * standard library beside the compiler; "from source" is Debian's compiler, which builds it with the crate.
 */
export function findWasmToolchain() {
  const base = Object.fromEntries(FLAG_VARIABLES.map((name) => [name, undefined]));
  const native = findNativeToolchain();
  if (native && hasTarget(native.rustc)) {
    return { ...native, kind: "installed", env: { ...native.env, ...base }, args: [], targetFolder: targetFolder() };
  }
  const debian = findDebianToolchain();
  if (!debian) return undefined;
  const env = {
    ...base,
    RUSTC: debian.rustc,
    RUSTDOC: "/usr/bin/rustdoc",
    // std can only be built with unstable switches; the crate's own code uses none of them.
    RUSTC_BOOTSTRAP: "1",
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: debian.linker,
  };
  return {
    ...debian,
    kind: "from source",
    env,
    args: ["-Zbuild-std=std,panic_abort"],
    // Two compilers in one folder would rebuild each other's work.
    targetFolder: join(targetFolder(), "web"),
  };
}

function findDebianToolchain() {
  const rustc = "/usr/bin/rustc";
  const cargo = "/usr/bin/cargo";
  if (!isExecutable(rustc) || !isExecutable(cargo)) return undefined;
  const version = read(rustc, ["--version"])?.match(/\d+\.\d+\.\d+/)?.[0];
  const sysroot = read(rustc, ["--print", "sysroot"]);
  const source = sysroot && join(sysroot, "lib/rustlib/src/rust/library/std");
  const linker = newestLinker();
  if (!version || isOlder(version, minimumVersion()) || !linker || !source || !existsSync(source)) return undefined;
  return { cargo, rustc, version, linker };
}

function newestLinker() {
  const versions = readdirSync("/usr/bin")
    .map((name) => Number(name.match(/^wasm-ld-(\d+)$/)?.[1] ?? 0))
    .filter((version) => version > 0);
  return versions.length > 0 ? `/usr/bin/wasm-ld-${Math.max(...versions)}` : which("wasm-ld");
}

function hasTarget(rustc) {
  const folder = read(rustc, ["--print", "target-libdir", "--target", WASM_TARGET]);
  return folder !== undefined && existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("libstd-"));
}

/** Makes sure that Rust can build for this machine and for wasm32, and says which way it does. */
export async function ensureRust() {
  let toolchain = findWasmToolchain();
  let installed = false;
  if (!toolchain) {
    installed = true;
    await addTarget();
    toolchain = findWasmToolchain();
  }
  if (!toolchain) {
    await aptInstall("rust", DEBIAN_PACKAGES, `${missing()}\n\n${ADVICE}`);
    toolchain = findWasmToolchain();
  }
  if (!toolchain || !findNativeToolchain()) throw new StepError(missing(), ADVICE);
  if (installed) say("rust", `${toolchain.version}, ${WASM_TARGET} ${toolchain.kind}`);
  return toolchain;
}

async function addTarget() {
  const rustup = which("rustup") ?? join(homedir(), ".cargo/bin", executable("rustup"));
  if (!isExecutable(rustup) || !findNativeToolchain()) return;
  say("rust", `adding the target ${WASM_TARGET} with rustup`);
  const { code } = await start(rustup, ["target", "add", WASM_TARGET], { quiet: true });
  if (code !== 0 && !aptObstacle()) say("rust", "rustup could not add it; using Debian's compiler for wasm32 instead");
}

function missing() {
  const native = findNativeToolchain();
  return native
    ? `Rust ${native.version} is here, but it cannot build for ${WASM_TARGET}`
    : `Rust ${minimumVersion()} or newer was not found`;
}

/** The folder cargo builds in. */
export const targetFolder = () => process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");

/** The oldest Rust that Cargo.toml allows. */
export function minimumVersion() {
  return readFileSync(join(ROOT, "Cargo.toml"), "utf8").match(/^rust-version = "([\d.]+)"/m)?.[1] ?? "1.85";
}

function isOlder(version, limit) {
  const [a, b] = [version, limit].map((text) => text.split(".").map(Number));
  const at = [0, 1, 2].find((place) => (a[place] ?? 0) !== (b[place] ?? 0));
  return at !== undefined && (a[at] ?? 0) < (b[at] ?? 0);
}
