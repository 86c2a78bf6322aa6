// What the fuzzing of readers begins with: the fixtures of each format, as files by their path.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLeanPictures } from "./lean-pictures.mjs";

const TESTS = fileURLToPath(new URL("../..", import.meta.url));
const [RECORDS, REPORTS] = ["fixtures/records", "runs/fixtures"];

const FIXTURES = {
  "playwright-trace": { in: RECORDS, names: /^playwright-(?:1\.|test-.*\.zip$)/ },
  "playwright-test": { in: RECORDS, names: /^playwright-test-1\.65\.1$/ },
  "playwright-mcp": { in: RECORDS, names: /^playwright-mcp-/ },
  lighthouse: { in: RECORDS, names: /^lighthouse-/ },
  "devtools-trace": { in: RECORDS, names: /^puppeteer-/ },
  midscene: { in: RECORDS, names: /^midscene-/ },
  "message-log": { in: RECORDS, names: /^(?:anthropic|google-genai|openai|openai-agents|ui-tars)-/ },
  allure: { in: REPORTS, names: /^allure-/ },
  "browser-gym": { in: REPORTS, names: /^browsergym-/ },
  "browser-use": { in: REPORTS, names: /^browser-use-/ },
  codeceptjs: { in: REPORTS, names: /^codeceptjs-/ },
  cucumber: { in: REPORTS, names: /^(?:cucumber|behave)-/ },
  mochawesome: { in: REPORTS, names: /^mochawesome-/ },
  "cua-agent": { in: REPORTS, names: /^cua-agent-/ },
  "pytest-html": { in: REPORTS, names: /^pytest-html-/ },
  "robot-framework": { in: REPORTS, names: /^robotframework-/ },
  "test-tools": {
    in: REPORTS,
    names: /^(?:serenity|nightwatch|jest-html|wdio-timeline|wdio-html-nice|qase|playwright-qase|monocart|vitest)-/,
  },
  testcafe: { in: REPORTS, names: /^testcafe-/ },
};

/** Names of the formats. */
export const FORMATS = [...Object.keys(FIXTURES), "task-record", "nested-pictures"];

/**
 * The seeds of a format: maps of bytes by path, with tiny pictures. A folder of single files that stand for themselves is
 * one seed each.
 */
export async function seedsOf(format) {
  return Promise.all(fixturesOf(format).map(withLeanPictures));
}

function fixturesOf(format) {
  if (format === "task-record") return [taskRecord()];
  if (format === "nested-pictures") return nestedPictures();
  const { in: folder, names } = FIXTURES[format];
  const root = join(TESTS, folder);
  const tops = readdirSync(root).filter((name) => names.test(name));
  return tops.flatMap((name) => {
    const files = filesIn(join(root, name));
    const areAlone = format === "message-log" || format === "lighthouse";
    return areAlone ? [...files].map((file) => new Map([file])) : [files];
  });
}

function filesIn(path, prefix = "") {
  if (!statSync(path).isDirectory()) return new Map([[basename(path), new Uint8Array(readFileSync(path))]]);
  const files = new Map();
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath ?? entry.path, entry.name);
    files.set(prefix + full.slice(path.length + 1).replaceAll("\\", "/"), new Uint8Array(readFileSync(full)));
  }
  return files;
}

/** Steps that name their screenshots, which no fixture has in a file of its own. */
function taskRecord() {
  const shots = join(TESTS, "fixtures/screens/shop");
  const names = ["00.png", "03.png"];
  const steps = names.map((screenshot, i) => ({
    number: i + 1,
    next_goal: `Goal ${i + 1}`,
    url: "https://shop.example/",
    screenshot,
    click: { left: 40, top: 30 },
    finished_at: `2026-11-29T12:00:0${i}Z`,
  }));
  const record = new TextEncoder().encode(JSON.stringify({ id: "t", task: "Buy", status: "finished", steps }));
  return new Map([
    ["task.json", record],
    ...names.map((name) => [name, new Uint8Array(readFileSync(join(shots, name)))]),
  ]);
}

/** Pictures in JSON that no format knows, in folders of steps, in artifacts of Skyvern and in acts of Nova Act. */
function nestedPictures() {
  const shots = ["00.png", "03.png"].map(
    (name) => new Uint8Array(readFileSync(join(TESTS, "fixtures/screens/shop", name))),
  );
  const urls = shots.map((bytes) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`);
  const json = (value) => new TextEncoder().encode(JSON.stringify(value));
  const steps = urls.map((screenshot, i) => ({
    observation: { screenshot, url: "https://shop.example/" },
    time: i + 1,
  }));
  const program = { calls: [{ name: "agentClick", kwargs: { box: "<box>1,2,3,4</box>" } }] };
  const message = (url) => [{ content: [{ url }] }];
  return [
    new Map([["log.json", json({ task: "Buy", trajectory: steps })]]),
    new Map([
      [
        "runs.json",
        json({
          results: [
            { task: "A", steps },
            { task: "B", steps },
          ],
        }),
      ],
    ]),
    new Map([["spans.json", json(urls.map((url, i) => ({ startTime: i + 1, input: JSON.stringify(message(url)) })))]]),
    new Map(steps.map((step, i) => [`events/event-${i}.json`, json(step)])),
    new Map(shots.map((bytes, i) => [`debug/step-${i}/screenshot.png`, bytes])),
    new Map(shots.map((bytes, i) => [`tsk_1/0${i}_0_stp_1/2026-11-30T10:00:0${i}.1_a_1_screenshot_action.png`, bytes])),
    new Map([["act_1_calls.json", json({ sdk_version: "3.4", steps: urls.map((image) => ({ image, program })) })]]),
  ];
}
