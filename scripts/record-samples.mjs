// Records the sample tasks of the dashboard into www/public/tasks.
//
//   node scripts/record-samples.mjs            all samples
//   node scripts/record-samples.mjs code-editor fastify-docs
//
// The pages come out of www/samples and out of npm packages, which are unpacked into a temporary
// folder; nothing is installed into the project. Chromium is taken from CHROMIUM_PATH or its usual place.

import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { unpackPackages } from "../www/samples/packages.mjs";
import { recordTask } from "../www/samples/recorder.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const samplesDir = join(root, "www", "samples");
const tasksDir = join(root, "www", "public", "tasks");
const totalLimitBytes = 6 * 1024 * 1024;

const scenarios = await loadScenarios();
const wanted = process.argv.slice(2);
const chosen = wanted.length ? scenarios.filter((scenario) => wanted.includes(scenario.name)) : scenarios;
if (chosen.length === 0) {
  console.error(`no sample is called ${wanted.join(", ")}; there are: ${scenarios.map((s) => s.name).join(", ")}`);
  process.exit(2);
}

const packages = await unpackPackages(chosen.flatMap((scenario) => scenario.packages ?? []));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--font-render-hinting=none",
    "--enable-unsafe-swiftshader",
  ],
});
try {
  for (const scenario of chosen) {
    const outDir = join(tasksDir, scenario.name);
    await rm(outDir, { recursive: true, force: true });
    const task = await recordTask({ browser, scenario, packages, pagesDir: join(samplesDir, scenario.name), outDir });
    console.log(`${scenario.name}: ${task.steps.length} screenshots, ${kib(await folderBytes(outDir))}`);
  }
} finally {
  await browser.close();
}

await writeIndex(scenarios);
const total = await folderBytes(tasksDir);
console.log(`all samples: ${kib(total)} of ${kib(totalLimitBytes)}`);
if (total > totalLimitBytes) {
  console.error("the samples are larger than the repository allows; shorten one of them");
  process.exit(1);
}

/** Every folder of www/samples with a scenario, in the order the dashboard shows them. */
async function loadScenarios() {
  const found = [];
  for (const entry of await readdir(samplesDir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const { default: scenario } = await import(join(samplesDir, entry.name, "scenario.mjs"));
    found.push({ name: entry.name, ...scenario });
  }
  return found.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** The list the dashboard opens with: everything a card shows, so that one request is enough. */
async function writeIndex(all) {
  const tasks = [];
  for (const { name } of all) {
    const text = await readFile(join(tasksDir, name, "task.json"), "utf8").catch(() => null);
    if (text === null) continue;
    const task = JSON.parse(text);
    tasks.push({
      id: task.id,
      folder: name,
      task: task.task,
      status: task.status,
      created_at: task.created_at,
      finished_at: task.finished_at,
      viewport: task.viewport,
      steps: task.steps.map(({ url, screenshot }) => ({ url, screenshot })),
    });
  }
  await writeFile(join(tasksDir, "index.json"), `${JSON.stringify({ tasks }, null, 2)}\n`);
}

async function folderBytes(dir) {
  let total = 0;
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) total += (await stat(join(entry.parentPath ?? entry.path, entry.name))).size;
  }
  return total;
}

function kib(bytes) {
  return `${Math.round(bytes / 1024)} KiB`;
}
