#!/usr/bin/env node
// Changes the code in small ways and counts how many of the changes some test notices. Needs cargo-mutants:
// cargo install cargo-mutants --locked
//
//   node scripts/mutants.mjs [limits|url|delays|lzw|all] [PARTS, 1: only one change in so many]
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, start, which } from "./lib/process.mjs";
import { main, StepError, say } from "./lib/report.mjs";
import { findNativeToolchain } from "./lib/rust.mjs";

/** What is changed, and the tests that are to notice it: targets, and parts of their names. */
const GROUPS = {
  limits: { files: ["src/model/limits.rs"], targets: ["--lib"], tests: ["limits"] },
  url: {
    files: ["http_url", "private_address", "base_url", "media_policy", "task_id"].map(
      (name) => `src/client/${name}.rs`,
    ),
    targets: ["--lib"],
    tests: ["client::"],
  },
  delays: {
    files: ["src/stages/timing.rs", "src/model/delay.rs"],
    targets: ["--lib"],
    tests: ["timing", "delay"],
  },
  lzw: {
    files: ["src/stages/lzw/encoder.rs", "src/stages/lzw/phrase_search.rs", "src/stages/lzw/dictionary.rs"],
    targets: ["--lib", "--test=roundtrip"],
    tests: [],
  },
};
/** A change that makes an endless loop is noticed too. */
const TIMEOUT_S = "30";

await main(async () => {
  const [wanted = "all", parts = "1"] = process.argv.slice(2);
  const names = wanted === "all" ? Object.keys(GROUPS) : [wanted];
  const unknown = names.find((name) => !GROUPS[name]);
  if (unknown) throw new StepError(`there is no group "${unknown}"; there are: ${Object.keys(GROUPS).join(", ")}`);
  if (!which("cargo-mutants")) {
    throw new StepError("cargo-mutants is not installed", "Install it with: cargo install cargo-mutants --locked");
  }
  for (const name of names) await mutate(name, Number(parts));
});

async function mutate(name, parts) {
  const { files, targets, tests } = GROUPS[name];
  const { cargo, env } = findNativeToolchain();
  const output = join(ROOT, "target/mutants", name);
  mkdirSync(output, { recursive: true });
  // The changes are made in a copy of the tree, which would build all dependencies anew for each group.
  const built = { CARGO_TARGET_DIR: join(ROOT, "target/mutants/built") };
  const args = [
    ...["mutants", "--profile", "mutants", "--timeout", TIMEOUT_S, "--colors", "never", "--no-times"],
    ...["--output", output, ...files.flatMap((file) => ["--file", file])],
    ...(parts > 1 ? ["--shard", `0/${parts}`, "--sharding", "round-robin"] : []),
    // Named for the build as well, which would build all other tests and examples otherwise.
    ...targets.map((target) => `--cargo-arg=${target}`),
    ...["--", "--", ...tests],
  ];
  const { code, output: said } = await start(cargo, args, { env: { ...env, ...built }, quiet: true });
  // 2 and 3: some changes went unnoticed, or made a test wait for ever.
  if (![0, 2, 3].includes(code)) throw new StepError(`cargo mutants ended with code ${code}\n${said}`);
  const list = (kind) =>
    readFileSync(join(output, `mutants.out/${kind}.txt`), "utf8")
      .split("\n")
      .filter(Boolean);
  const [caught, timeout, missed] = ["caught", "timeout", "missed"].map((kind) => list(kind));
  const noticed = caught.length + timeout.length;
  const all = noticed + missed.length;
  for (const change of missed) say("mutants", `not noticed: ${change}`);
  const share = parts > 1 ? `, one in ${parts}` : "";
  say("mutants", `${name}: ${noticed} of ${all} changes noticed (${Math.floor((100 * noticed) / all)} %${share})`);
}
