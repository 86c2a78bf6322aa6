// npm run bench -- --curve [DIR] [--save FILE] [--against FILE] [--effort E,...] [--lossy N,...]: bytes over fidelity of this build,
// natively, over several values of `lossy`; beside the curve of another build, saved before, what it takes at equal fidelity.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { executable, ROOT, start } from "../../scripts/lib/process.mjs";
import { StepError } from "../../scripts/lib/report.mjs";
import { findNativeToolchain } from "../../scripts/lib/rust.mjs";
import { sequencesIn } from "./sequences.mjs";

/** Values of `lossy` around what each effort has by default (`-`). */
const CURVES = {
  fast: ["14", "-", "22"],
  balanced: ["22", "25", "-", "32", "36"],
  smallest: ["44", "-", "58"],
};

const QUICK_BUILD = ["--config", "profile.release.lto=false", "--config", "profile.release.codegen-units=16"];

export async function curve(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      save: { type: "string" },
      against: { type: "string" },
      effort: { type: "string" },
      lossy: { type: "string" },
    },
  });
  const folder = resolve(positionals[0] ?? join(ROOT, "www/public/tasks"));
  if (!existsSync(folder)) throw new StepError(`${folder} is not a folder`);
  const sequences = sequencesIn(folder);
  if (sequences.length === 0) throw new StepError(`${folder} holds no sequence of two or more screenshots`);
  const efforts = values.effort?.split(",") ?? ["balanced"];
  for (const effort of efforts) if (!CURVES[effort]) throw new StepError(`there is no effort ${effort}`);
  const settings = efforts.flatMap((effort) =>
    (values.lossy?.split(",") ?? CURVES[effort]).map((lossy) => `${effort} ${lossy}`),
  );
  const program = await build();
  const found = Object.fromEntries(sequences.map(({ name }) => [name, []]));
  const waiting = [...sequences];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const answers = await run(program, [folder, ...next.files], settings);
      found[next.name] = answers;
      console.error(`${next.name}: ${answers.map(({ bytes }) => bytes).join(" ")} bytes`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (values.save) writeFileSync(resolve(values.save), `${JSON.stringify(found, null, 1)}\n`);
  const before = values.against && JSON.parse(readFileSync(resolve(values.against), "utf8"));
  console.log(tableOf(found, before, settings));
}

/**
 * Built for this machine's processor, without whose instructions the metric takes ten times as long, and without optimization
 * across crates, which takes minutes to build and changes no byte.
 */
async function build() {
  const { cargo, env } = findNativeToolchain();
  const target = join(ROOT, "target/curve");
  const args = ["build", "--quiet", "--release", "--example", "curve", "--target-dir", target, ...QUICK_BUILD];
  const { code } = await start(cargo, args, { env: { ...env, RUSTFLAGS: "-Ctarget-cpu=native" } });
  if (code !== 0) throw new StepError("tests/bench/curve.rs could not be built");
  return join(target, "release/examples", executable("curve"));
}

/** What the program answers to each setting. */
async function run(program, args, settings) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(settings.map((setting) => `${setting}\n`).join(""));
  const answers = [];
  for await (const line of createInterface({ input: child.stdout })) answers.push(JSON.parse(line));
  if (answers.length !== settings.length) throw new StepError("the program of tests/bench/curve.rs has failed");
  return answers;
}

/** All sequences as one: bytes and flicker add up, the mean is that of their means, the worst frame is the worst of all. */
function total(found, setting) {
  const all = Object.values(found).map((answers) => answers.find((answer) => answer.setting === setting));
  if (all.length === 0 || all.includes(undefined)) return undefined;
  const sum = (key) => all.reduce((total, answer) => total + answer[key], 0);
  return {
    setting,
    bytes: sum("bytes"),
    mean: sum("mean") / all.length,
    worst: Math.min(...all.map(({ worst }) => worst)),
    flicker: sum("flicker"),
  };
}

/** Bytes that the curve through `points` has at `mean`: the logarithm of bytes is linear between two neighbors, and goes on. */
export function bytesAt(points, mean) {
  const sorted = points.toSorted((a, b) => a.mean - b.mean);
  if (sorted.length < 2) return undefined;
  const above = sorted.findIndex((point) => point.mean >= mean);
  const at = Math.min(Math.max(above === -1 ? sorted.length - 1 : above, 1), sorted.length - 1);
  const [low, high] = [sorted[at - 1], sorted[at]];
  const share = (mean - low.mean) / (high.mean - low.mean);
  return Math.exp(Math.log(low.bytes) + share * (Math.log(high.bytes) - Math.log(low.bytes)));
}

function tableOf(found, before, settings) {
  const lines = [
    "| sequence | effort, lossy | bytes | at equal mean | mean / worst | worst before | flicker |",
    "|---|---|--:|--:|--:|--:|--:|",
  ];
  const rows = [...Object.keys(found), "all"];
  for (const name of rows) {
    for (const setting of settings) {
      const of = (all) =>
        name === "all" ? (key) => total(all, key) : (key) => all[name]?.find((answer) => answer.setting === key);
      const now = of(found)(setting);
      const [effort] = setting.split(" ");
      const keys = before
        ? [...new Set(Object.values(before).flatMap((answers) => answers.map((answer) => answer.setting)))]
        : [];
      const known = keys
        .filter((key) => key.startsWith(`${effort} `))
        .map((key) => of(before)(key))
        .filter(Boolean);
      const equal = bytesAt(known, now.mean);
      const same = known.find((point) => point.setting === setting);
      const cells = [
        name,
        setting,
        now.bytes,
        equal ? `${((now.bytes / equal - 1) * 100).toFixed(2)} %` : "",
        `${now.mean.toFixed(2)} / ${now.worst.toFixed(1)}`,
        same ? same.worst.toFixed(1) : "",
        now.flicker,
      ];
      lines.push(`| ${cells.join(" | ")} |`);
    }
  }
  return lines.join("\n");
}
