// Damaged records of reports: whatever is broken in them ends in runs or in an error that says so, and soon.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRuns } from "task-gif/runs";
import { filesOf } from "./support/fixtures.mjs";

const RECORDS = [
  "allure-playwright-3.0.9",
  "allure-pytest-2.9.45",
  "browsergym-0.14.3",
  "codeceptjs-3.5.15",
  "codeceptjs-4.2.0",
  "cua-agent-0.9.1",
  "pytest-html-3.2.0",
  "pytest-html-4.1.1",
  "robotframework-7.5",
  "robotframework-json-7.5",
];

/** Cuts, repeats, overwrites or moves a part of the bytes, or replaces all of one text by another. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant("cut"), from: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ kind: fc.constant("drop"), from: fc.double({ min: 0, max: 1, noNaN: true }), count: fc.nat(2000) }),
  fc.record({ kind: fc.constant("write"), from: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array() }),
  fc.record({
    kind: fc.constant("replace"),
    what: fc.constantFrom(
      '"start"',
      "steps",
      '"passed"',
      "<kw",
      "</kw>",
      "status",
      "img",
      "<div",
      "message",
      "20",
      '"',
      "}",
      "]",
    ),
    by: fc.constantFrom(
      "null",
      "[]",
      '"x":{',
      "-1e999",
      "<test",
      "</suite>",
      "\0",
      "&#0;",
      "..",
      "data:image/png;base64,@0:99",
    ),
  }),
);

function damaged(bytes, { kind, from, count, bytes: written, what, by }) {
  const at = Math.floor((from ?? 0) * bytes.length);
  if (kind === "cut") return bytes.subarray(0, at);
  if (kind === "drop") return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]);
  if (kind === "write") return Buffer.concat([bytes.subarray(0, at), written, bytes.subarray(at + written.length)]);
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(what, by), "latin1");
}

for (const name of RECORDS) {
  test(`damaged copies of ${name} end in runs or in an error with a code`, async () => {
    const files = filesOf(name);
    const texts = [...files.keys()].filter((path) => /\.(?:json|xml|html|md)$/.test(path));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (path, list) => {
          const copy = new Map(files).set(path, list.reduce(damaged, files.get(path)));
          try {
            for (const { screenshots, warnings } of await readRuns(copy)) {
              assert.ok(screenshots.every(({ image }) => image !== undefined));
              assert.ok(warnings.every(({ code, message }) => /^[A-Z_]+$/.test(code) && message.length < 600));
            }
          } catch (error) {
            assert.match(String(error.code), /^[A-Z_]+$/, error.stack);
            assert.equal(error.name, "TaskGifError", error.stack);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
}
