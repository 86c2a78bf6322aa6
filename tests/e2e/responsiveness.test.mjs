// Two hundred screenshots at once: the page takes them in, lists them and tells what became of them in many small tasks.
// How long the tasks are depends on the machine; npm run bench:responsiveness measures it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch } from "./support/browsers.mjs";
import { useDashboard } from "./support/setup.mjs";
import { gifReady, sampleTasks } from "./support/site.mjs";

const SCREENSHOTS = 200;
/** Cards and rows that one task may add or change: a slice of each of two lists. */
const MOST_IN_ONE_TASK = 50;

const site = useDashboard();

test("no task of the page adds or changes the cards and rows of many screenshots", async () => {
  const browser = await launch("Chromium");
  try {
    const sources = sampleTasks().flatMap(({ files }) => files.slice(1));
    const files = Array.from({ length: SCREENSHOTS }, (_, index) => sources[index % sources.length]);
    const page = await browser.openPage(`${site.url}#/new`, {
      memory: { "task-gif.options": { effort: "fast", scale: "0.5" } },
    });
    await page.waitFor(() => document.querySelector(".dropzone"));
    await page.evaluate(countRowsByTask);
    const there = (selector) =>
      page.waitFor(([css, count]) => document.querySelectorAll(css).length === count, [selector, SCREENSHOTS]);
    const rowsByTask = () => page.evaluate(() => globalThis.rowsByTask.splice(0));

    await page.setFiles("input[type=file]", files);
    await there(".shot");
    assertSmall(await rowsByTask(), SCREENSHOTS);

    await page.click("[data-action=assemble]");
    await there(".step");
    await there(".edit-row");
    await gifReady(page);
    await page.waitFor(() =>
      [...document.querySelectorAll(".step-note")].every(({ textContent }) => textContent !== ""),
    );
    // Rows of steps and of edits come, and then the steps are told what became of them.
    assertSmall(await rowsByTask(), 3 * SCREENSHOTS);
    await page.close();
  } finally {
    await browser.close();
  }
});

function assertSmall(counts, total) {
  assert.ok(Math.max(...counts) <= MOST_IN_ONE_TASK, `rows by task: ${counts}`);
  const sum = counts.reduce((before, count) => before + count, 0);
  assert.ok(sum >= total, `${sum} rows were seen, not ${total}: ${counts}`);
}

/** In the page: notes how many cards and rows each task adds or changes. */
function countRowsByTask() {
  globalThis.rowsByTask = [];
  const ROW = ".shot, .steps > li, .edit-row";
  let changed;
  const note = (node) => {
    const row = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(ROW);
    if (row) changed.add(row);
  };
  new MutationObserver((records) => {
    if (!changed) {
      changed = new Set();
      // Ahead of what the page itself does next.
      scheduler.postTask(
        () => {
          if (changed.size > 0) globalThis.rowsByTask.push(changed.size);
          changed = undefined;
        },
        { priority: "user-blocking" },
      );
    }
    for (const { target, addedNodes } of records) {
      note(target);
      for (const node of addedNodes) {
        note(node);
        // What is put into the document whole brings its rows with it.
        if (node.nodeType === Node.ELEMENT_NODE) for (const row of node.querySelectorAll(ROW)) changed.add(row);
      }
    }
  }).observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
}
