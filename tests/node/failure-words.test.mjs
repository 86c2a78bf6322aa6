// One function says what a failure means to an end user.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TaskGifError } from "task-gif";
import { describeFailure, FAILURE_TEXTS } from "task-gif/failures";

const guide = readFileSync(new URL("../../www/docs/errors.md", import.meta.url), "utf8");
/** Every code of the guide to errors. */
const CODES = [
  ...new Set([...guide.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) => cell.match(/(?<=`)[A-Z_]+(?=`)/g) ?? [])),
];
/** Codes of the command line and the server, which no page meets. */
const NOT_IN_PAGES = new Set([
  ...["USAGE", "OUTPUT", "SEVERAL_RUNS", "NO_SUCH_RUN", "RUNS_FAILED", "LISTEN", "GIVEN_UP"],
  ...["QUEUE_UNAVAILABLE", "STORE", "WEBHOOK_FAILED"],
]);
/** What end users cannot be expected to know. */
const DEVELOPERS_WORDS = /[A-Z]{2,}_[A-Z]|\boptions?\b|\bsignal\b|abort|frames?\b|endpoint|undefined|null|\{|\}|worker/;

test("every code of the guide has words that an end user understands", () => {
  assert.ok(CODES.length > 40, `${CODES.length} codes`);
  for (const code of [...CODES, "HTTP_501", "MADE_UP"]) {
    for (const frame of [undefined, 2]) {
      const failure = describeFailure(new TaskGifError(code, "options.x: expected 1", frame));
      const text = `${failure.title} ${failure.advice}`;
      assert.doesNotMatch(text, DEVELOPERS_WORDS, code);
      assert.ok(failure.title.length > 10 && failure.title.length < 60, `${code}: ${failure.title}`);
      assert.match(failure.title, /^[A-Z]/);
      assert.deepEqual([failure.code, failure.message, failure.frame], [code, "options.x: expected 1", frame]);
    }
  }
});

test("every code that a page can meet has words of its own", () => {
  const general = CODES.filter((code) => describeFailure({ code, reason: "timeout" }).kind === "UNKNOWN");
  assert.deepEqual(
    general.filter((code) => !NOT_IN_PAGES.has(code)),
    [],
  );
});

test("each button is there where it can help, and nowhere else", () => {
  const actions = (code, frame) => describeFailure({ code, frame, message: "" }).actions.join(" ");
  const expected = {
    FETCH_FAILED: ["retry", "skip retry"],
    NETWORK: ["retry", "retry"],
    SERVER: ["retry", "retry"],
    RATE_LIMITED: ["retry", "retry"],
    UNAUTHORIZED: ["retry", "retry"],
    OUT_OF_MEMORY: ["retry", "retry"],
    WORKER_CRASHED: ["retry", "retry"],
    WASM_NOT_FOUND: ["retry", "retry"],
    UNHEARD_OF: ["retry", "retry"],
    UNKNOWN_FORMAT: ["", "skip"],
    HTML_PAGE: ["", "skip"],
    EXPIRED: ["", "skip"],
    DECODE_FAILED: ["", "skip"],
    UNSUPPORTED: ["", "skip"],
    UNREADABLE: ["", "skip"],
    LIMIT_EXCEEDED: ["", "skip"],
    NOT_FOUND: ["", ""],
    BAD_OPTION: ["", ""],
    BAD_GIF: ["", "skip"],
    TOO_FEW_SCREENSHOTS: ["", ""],
    REDACTION_FAILED: ["", ""],
    WASM_FAILED: ["", ""],
    FORBIDDEN: ["", ""],
  };
  for (const [code, [whole, one]] of Object.entries(expected)) {
    assert.deepEqual([actions(code), actions(code, 0)], [whole, one], code);
  }
});

test("screenshots are named as steps from 1, or as the place says", () => {
  const error = new TaskGifError("DECODE_FAILED", "screenshot 1: cut short", 1);
  assert.equal(describeFailure(error).title, "Step 2 is damaged");
  assert.equal(describeFailure(error, { nameOf: (frame) => `login-${frame}.png` }).title, "login-1.png is damaged");
  const whole = new TaskGifError("DECODE_FAILED", "cut short");
  assert.equal(describeFailure(whole).title, "The replay is damaged");
  assert.equal(describeFailure(whole, { subject: "trace.zip" }).title, "trace.zip is damaged");
});

test("too few screenshots are counted, and a task that runs has none yet", () => {
  const title = (context) => describeFailure({ code: "TOO_FEW_SCREENSHOTS" }, context).title;
  assert.equal(title({}), "There are too few screenshots");
  assert.equal(title({ screenshots: 3 }), "There are too few screenshots");
  assert.equal(title({ screenshots: 1 }), "Only one screenshot was taken");
  assert.equal(title({ screenshots: 0 }), "There are no screenshots");
  assert.equal(title({ screenshots: 0, isRunning: true }), "No screenshots yet");
  assert.equal(title({ screenshots: 1, isRunning: true }), "One screenshot so far");
});

test("the reasons of the client have words, and nothing is wrong then", () => {
  for (const reason of ["not_finished", "too_few_screenshots", "expired", "not_found", "timeout"]) {
    const { kind, isNeutral } = describeFailure({ code: "NOT_READY", reason });
    assert.deepEqual([kind, isNeutral], [reason.toUpperCase(), true]);
  }
  assert.equal(describeFailure({ code: "DECODE_FAILED" }).isNeutral, false);
});

test("whatever is thrown is described", () => {
  const code = (thrown) => describeFailure(thrown).code;
  assert.equal(code(new DOMException("signal is aborted without reason", "AbortError")), "ABORTED");
  assert.equal(code(new TypeError("options.maxByte: there is no such name")), "BAD_OPTION");
  for (const thrown of [new Error("?"), "text", undefined, null, 0, {}, { code: 7 }, { code: "constructor" }]) {
    assert.match(describeFailure(thrown).title, /^The replay cannot be shown$/);
  }
});

test("no address is told with its query or a password", () => {
  const error = new TaskGifError(
    "FETCH_FAILED",
    'cannot fetch https://me:word@a.example/x.png?X-Sig=1#f: "https://b.example?k=2"',
  );
  assert.equal(describeFailure(error).message, 'cannot fetch https://a.example/x.png: "https://b.example"');
  const page = { code: "HTML_PAGE", frame: 0, message: "" };
  const advice = (address) => describeFailure(page, { addressOf: () => address }).advice;
  assert.match(advice("/shots/1.png?token=1"), /: \/shots\/1\.png$/);
  assert.match(advice("https://me:word@a.example/1.png?token=1"), /: https:\/\/a\.example\/1\.png$/);
});

test("texts of another language stand in place of those that they name", () => {
  const texts = { DECODE_FAILED: { title: "{subject} ist beschädigt", advice: "" } };
  assert.equal(describeFailure({ code: "DECODE_FAILED" }, { texts, subject: "Bild 1" }).title, "Bild 1 ist beschädigt");
  assert.equal(describeFailure({ code: "NETWORK" }, { texts }).title, FAILURE_TEXTS.NETWORK.title);
});
