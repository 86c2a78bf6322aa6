// task-gif report and make --report: the library's report of the library's GIF.
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assembleGif } from "../../dist/index.node.js";
import { reportHtml, reportMarkdown } from "../../dist/report/index.js";
import { blobsOf, filesOf, folderOf } from "../node/support/fixtures.mjs";
import { run, scratch } from "./support/cli.mjs";

const TASK = { id: "t-1", task: "Buy <a> kettle", status: "finished", output: "Bought" };
const steps = filesOf("shop").map((file, i) => ({
  number: i + 1,
  next_goal: `Goal & ${i + 1}`,
  url: "https://shop.example/",
  screenshot: file,
}));
const told = steps.map(({ number, next_goal, url }) => ({ number, caption: next_goal, url }));

/** A folder with a task and its screenshots. */
function taskFolder(t) {
  const folder = scratch(t);
  for (const file of filesOf("shop")) copyFileSync(join(folderOf("shop"), file), join(folder, file));
  writeFileSync(join(folder, "task.json"), JSON.stringify({ ...TASK, steps }));
  return folder;
}

test("one HTML file has everything in it, on its own or beside a GIF", async (t) => {
  const [folder, cwd] = [taskFolder(t), scratch(t)];
  const made = await run(["make", folder, "-o", "a.gif", "--report", "a.html"], { cwd });
  assert.equal(made.code, 0, made.stderr);
  const gif = readFileSync(join(cwd, "a.gif"));
  const task = { ...TASK, steps };
  const same = await assembleGif(blobsOf("shop").map((image, i) => ({ image, ...told[i] })));
  assert.ok(gif.equals(await same.bytes()));
  const stills = await same.stills({ width: 560 });
  const byNumber = new Map(
    await Promise.all(same.steps.map(async ({ number }, i) => [number, await stills[i].arrayBuffer()])),
  );
  const seen = told.map((step) => ({
    ...step,
    ...(byNumber.has(step.number) && { still: byNumber.get(step.number) }),
  }));
  const expected = reportHtml({ task, steps: seen, gif });
  assert.equal(readFileSync(join(cwd, "a.html"), "utf8"), expected);
  const cases = [
    [[], expected],
    [["--still-width", "0"], reportHtml({ task, steps: told, gif })],
    // A GIF that says no steps, and has fewer frames than there are.
    [["--gif", "a.gif"], reportHtml({ task, steps: told, gif })],
  ];
  for (const [args, html] of cases) {
    const { code, stderr } = await run(["report", folder, "-o", "b.html", ...args], { cwd });
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(join(cwd, "b.html"), "utf8"), html);
  }
  assert.deepEqual(readdirSync(cwd).sort(), ["a.gif", "a.html", "b.html"]);
});

test("Markdown has the GIF beside it", async (t) => {
  const [folder, cwd] = [taskFolder(t), scratch(t)];
  assert.equal((await run(["report", join(folder, "task.json"), "-o", "a.md", "-q"], { cwd })).code, 0);
  const expected = reportMarkdown({ task: { ...TASK, steps }, steps: told, gif: "a.gif" });
  assert.equal(readFileSync(join(cwd, "a.md"), "utf8"), expected);
  assert.equal(readFileSync(join(cwd, "a.gif")).subarray(0, 6).toString(), "GIF89a");
});

test("what cannot be a report is refused before any work", async (t) => {
  const [folder, cwd] = [taskFolder(t), scratch(t)];
  for (const args of [
    ["make", folder, "--report", "a.pdf"],
    ["make", folder, "--watch", "--report", "a.html"],
    ["make", folder, "-o", "-", "--report", "a.md"],
    ["report", folder, "-o", "-"],
    ["report"],
  ]) {
    assert.equal((await run(args, { cwd })).code, 2, args.join(" "));
  }
  assert.equal(existsSync(join(cwd, "a.pdf")), false);
});
