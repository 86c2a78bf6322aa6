#!/usr/bin/env node
// Lists what others wrote of all that ships, in THIRD_PARTY.md, and refuses licenses that are not permissive.
//
//   node scripts/third-party.mjs            writes the list
//   node scripts/third-party.mjs --check    fails unless the list is up to date, and the lock files are in order
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "./lib/process.mjs";
import { main, StepError, say } from "./lib/report.mjs";
import { findNativeToolchain, WASM_TARGET } from "./lib/rust.mjs";

const LIST = join(ROOT, "THIRD_PARTY.md");
const PERMISSIVE = new Set(
  [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "Unicode-3.0",
    "CC0-1.0",
  ].concat(
    // Fonts, which the dashboard has.
    "OFL-1.1",
  ),
);
/** Tools that build and test; none of their code ships. */
const TOOLS = new Set([...PERMISSIVE, "MPL-2.0", "Python-2.0", "CC-BY-4.0", "BlueOak-1.0.0"]);
/** A dependency that may not come in, not even as a tool: DESIGN.md compares with them and copies nothing. */
const NEVER = /^(gifski|gifsicle|imagequant|.*-gifsicle|ffmpeg.*|@ffmpeg\/.*)$/;

await main(async () => {
  const crates = await shippedCrates();
  const packages = lockedPackages();
  check(crates, packages);
  const text = render(
    crates,
    packages.filter(({ ships }) => ships),
  );
  if (!process.argv.includes("--check")) return writeFileSync(LIST, text);
  if (!existsSync(LIST) || readFileSync(LIST, "utf8") !== text) {
    throw new StepError("THIRD_PARTY.md is not what the lock files say", "node scripts/third-party.mjs writes it anew");
  }
  say("licenses", `${crates.length} crates and ${packages.length} packages, all licenses allowed`);
});

/** The crates whose code is in the wasm file or makes it: `{ name, version, license }`. */
async function shippedCrates() {
  const { cargo, env } = findNativeToolchain();
  const args = ["tree", "--locked", "--target", WASM_TARGET, "--edges", "normal", "--prefix", "none"];
  const output = await run(cargo, [...args, "--format", "{p}|{l}"], { env, quiet: true, what: "cargo tree" });
  const lines = new Set(output.split("\n").filter((line) => / v\d[^|]*\|/.test(line) && !/^task-gif v/.test(line)));
  const crates = [...lines].map((line) => {
    const [, name, version, license] = line.match(/^(\S+) v(\S+)[^|]*\|(.*?)(?: \(\*\))?$/);
    return { name, version, license: license.replaceAll("/", " OR ") };
  });
  return unique(crates);
}

/** The packages of the npm lock files: `{ name, version, license, resolved, integrity, ships }`. */
function lockedPackages() {
  const heavy = Object.entries(lockFile("tests/package/heavy")).map(([path, entry]) => [path, { ...entry, dev: true }]);
  return (
    Object.entries(lockFile("."))
      .concat(heavy)
      // Others are folders of this repository.
      .filter(([path, entry]) => path.includes("node_modules/") && !entry.link)
      .map(([path, { version, license, resolved, integrity, dev, optional, peer }]) => {
        const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
        // Fonts are copied into the dashboard although they are installed as a tool is.
        return {
          name,
          version,
          license,
          resolved,
          integrity,
          ships: /^@fontsource/.test(name) || !(dev || optional || peer),
        };
      })
  );
}

function lockFile(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, "package-lock.json"), "utf8")).packages;
}

function check(crates, packages) {
  const problems = [];
  const allowed = (license, set) => alternatives(license).some((all) => all.every((one) => set.has(one)));
  for (const { name, license } of crates) {
    if (!allowed(license, PERMISSIVE)) problems.push(`crate ${name}: license ${license}`);
  }
  for (const { name, version, license, resolved, integrity, ships } of packages) {
    if (!license || !allowed(license, ships ? PERMISSIVE : TOOLS)) problems.push(`${name}: license ${license}`);
    if (!/^sha512-/.test(integrity ?? "")) problems.push(`${name} ${version}: no SHA-512 in the lock file`);
    if (resolved && !/^https:\/\/[^/@]+\//.test(resolved)) problems.push(`${name} ${version}: from ${resolved}`);
  }
  for (const { name } of [...crates, ...packages]) if (NEVER.test(name)) problems.push(`${name} must not come in`);
  const cargoLock = readFileSync(join(ROOT, "Cargo.lock"), "utf8").split("[[package]]").slice(1);
  for (const entry of cargoLock) {
    const [, name] = entry.match(/^name = "(.+)"/m);
    if (name === "task-gif") continue;
    if (!/^checksum = "[0-9a-f]{64}"/m.test(entry)) problems.push(`crate ${name}: no checksum in Cargo.lock`);
    if (!/^source = "registry\+/m.test(entry)) problems.push(`crate ${name}: not from the registry`);
  }
  if (problems.length > 0) throw new StepError(`what others wrote is not in order:\n  ${problems.join("\n  ")}`);
}

/** "A OR (B AND C)" as [["A"], ["B", "C"]]; "(A OR B) AND C" as [["A", "C"], ["B", "C"]]. */
function alternatives(license) {
  const [, group, rest] = license.match(/^\((.+)\) AND (.+)$/) ?? [];
  if (group) return alternatives(group).map((all) => [...all, ...rest.split(" AND ")]);
  return license.split(" OR ").map((part) => part.replace(/[()]/g, "").split(" AND "));
}

function unique(list) {
  const all = new Map(list.map((entry) => [`${entry.name} ${entry.version}`, entry]));
  return [...all.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function render(crates, packages) {
  const table = (list) => [
    "| Name | Version | License |",
    "|---|---|---|",
    ...unique(list).map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
  ];
  return [
    "# What others wrote",
    "",
    "Written by `node scripts/third-party.mjs` from the lock files, and checked by `npm test -- check`.",
    "The texts of the licenses come with the sources of each; `dist/THIRD-PARTY-LICENSES.txt` has those of bundled scripts.",
    "",
    "## Crates in the wasm file, and those that make it",
    "",
    ...table(crates),
    "",
    "## Packages in the package and the dashboard",
    "",
    ...table(packages),
    "",
  ].join("\n");
}
