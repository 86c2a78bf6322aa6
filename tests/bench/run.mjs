#!/usr/bin/env node
// npm run bench -- [DIR]: measures task-gif and other encoders from npm in Chromium, on a folder of screenshots or a
// folder of such folders (by default the dashboard's sample tasks), and prints one table as Markdown. With --curve: bytes over
// fidelity of this build (curve.mjs); with --capture: records such folders (capture.mjs).
import { existsSync, readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { ROOT } from "../../scripts/lib/process.mjs";
import { main, StepError } from "../../scripts/lib/report.mjs";
import { capture } from "./capture.mjs";
import { CONTENDERS } from "./contenders.mjs";
import { curve } from "./curve.mjs";
import { measure } from "./measure.mjs";
import { startScorer } from "./scorer.mjs";
import { sequencesIn } from "./sequences.mjs";
import { serve } from "./server.mjs";
import { table } from "./table.mjs";

await main(async () => {
  const args = process.argv.slice(2);
  const rest = (flag) => args.filter((arg) => arg !== flag);
  if (args.includes("--curve")) return curve(rest("--curve"));
  if (args.includes("--capture")) return capture(resolve(rest("--capture")[0] ?? "build/pages"));
  const folder = resolve(process.argv[2] ?? join(ROOT, "www/public/tasks"));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new StepError(`${folder} is not a folder`);
  if (!existsSync(join(ROOT, "dist/index.js"))) throw new StepError("dist is missing", "Build it with: npm run build");
  const sequences = sequencesIn(folder);
  if (sequences.length === 0) throw new StepError(`${folder} holds no sequence of two or more screenshots`);

  const scorer = await startScorer();
  const server = await serve({ screenshots: folder, score: scorer?.score });
  const rows = CONTENDERS.map((contender) => ({ label: labelOf(contender), kind: contender.kind, results: [] }));
  try {
    // Contenders take turns on a sequence, so that whatever else the machine does meets all of them.
    for (const sequence of sequences) {
      for (const [index, contender] of CONTENDERS.entries()) {
        const result = await measure({ url: server.url, contender, sequence, scores: Boolean(scorer) });
        rows[index].results.push({ sequence: sequence.name, ...result });
        console.error(progressOf(contender, sequence, result));
      }
    }
  } finally {
    server.close();
    scorer?.close();
  }
  console.log(reportOf({ folder, sequences, rows, isScored: Boolean(scorer) }));
  if (rows.some(({ kind, results }) => kind === "own" && results.some(({ error }) => error))) process.exitCode = 1;
});

function progressOf({ name }, sequence, { error, seconds, bytes }) {
  return `${name}: ${sequence.name}: ${error ?? `${seconds.toFixed(2)} s, ${bytes} bytes`}`;
}

/** A peer with its version. */
function labelOf({ name, package: module }) {
  if (!module) return name;
  return `${name} ${JSON.parse(readFileSync(join(ROOT, "node_modules", module, "package.json"), "utf8")).version}`;
}

function reportOf({ folder, sequences, rows, isScored }) {
  const all = rows.flatMap(({ label, results }) => results.map((result) => ({ label, ...result })));
  const browser = all.find((result) => result.browser)?.browser;
  const inside = relative(ROOT, folder);
  const shown = inside.startsWith("..") ? basename(folder) : inside.replaceAll("\\", "/");
  const frames = sequences.reduce((total, { files }) => total + files.length, 0);
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores`;
  const notes = [
    "Seconds from Blobs to a GIF Blob, decoding included: the median of three runs a sequence, all sequences together.",
    "Flicker: pixels that two neighboring screenshots share and the GIF shows differently, of all they share.",
    "Peak memory: the page's process with its workers, on the sequence that takes most.",
    isScored
      ? "SSIMULACRA2 of up to six frames a sequence, PSNR and flicker of all."
      : "SSIMULACRA2 was not computed: its program (tests/bench/ssimulacra2.rs) could not be built here.",
    ...all
      .filter(({ error }) => error)
      .map(({ label, sequence, error }) => `${label} failed on ${sequence}: ${error}.`),
  ];
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Chromium ${browser}: \`npm run bench -- ${shown}\``,
    `(${sequences.map(({ name, files }) => `${name} ${files.length}`).join(", ")}; ${frames} screenshots)`,
    "",
    table(rows),
    "",
    ...notes,
  ].join("\n");
}
