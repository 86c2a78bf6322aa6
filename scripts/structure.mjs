#!/usr/bin/env node
// Fails when modules import each other in a circle or against the order of the folders, or when a folder or a file has
// grown too large to be found one's way in.
//
//   node scripts/structure.mjs [folder to check instead of the project]
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { argv, chdir } from "node:process";
import { cruise } from "dependency-cruiser";
import config from "../.dependency-cruiser.mjs";
import { ROOT } from "./lib/process.mjs";
import { main, StepError, say } from "./lib/report.mjs";

const MOST_FILES = 16;
const MOST_LINES = 400;
const SOURCES = ["src", "www/src"];

await main(async () => {
  const root = resolve(argv[2] ?? ROOT);
  chdir(root);
  const { output } = await cruise(SOURCES, { ...config.options, validate: true, ruleSet: config });
  const { summary, modules } = output;
  const broken = summary.violations.map(
    ({ rule, from, to, cycle }) => `${rule.name}: ${[from, ...(cycle?.map(({ name }) => name) ?? [to])].join(" -> ")}`,
  );
  const problems = [...broken, ...overgrown(root)];
  if (problems.length > 0) {
    throw new StepError(
      `the structure is broken:\n  ${problems.join("\n  ")}`,
      "The rules stand in .dependency-cruiser.mjs.",
    );
  }
  const count = modules.filter(({ source }) => SOURCES.some((folder) => source.startsWith(`${folder}/`))).length;
  if (count === 0) throw new StepError(`no modules were found below ${SOURCES.join(" and ")}`);
  say("structure", `${count} modules, ${summary.totalDependenciesCruised} imports, no circle, none against the order`);
});

/** Folders with too many files, and files with too many lines. */
function overgrown(root) {
  const found = [];
  for (const source of SOURCES) {
    const files = readdirSync(join(root, source), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && /\.(ts|css)$/.test(entry.name),
    );
    const folders = groupByFolder(files);
    for (const [folder, entries] of folders) {
      if (entries.length > MOST_FILES) {
        found.push(`${relative(root, folder)}: ${entries.length} files, where a folder has at most ${MOST_FILES}`);
      }
      for (const { name } of entries) {
        const lines = readFileSync(join(folder, name), "utf8").split("\n").length - 1;
        if (lines > MOST_LINES)
          found.push(`${relative(root, join(folder, name))}: ${lines} lines, of at most ${MOST_LINES}`);
      }
    }
  }
  return found;
}

function groupByFolder(files) {
  const folders = new Map();
  for (const file of files) folders.set(file.parentPath, [...(folders.get(file.parentPath) ?? []), file]);
  return folders;
}
