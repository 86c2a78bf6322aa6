import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { assembleGif } from "../js/api/assemble-gif.ts";
import { describeError } from "../js/task-gif-error.ts";
import { gifPath } from "./gif-path.ts";
import type { FullResult, TestCase, TestResult } from "./reporter-api.ts";
import { type GifReporterOptions, type ResolvedReporterOptions, resolveReporterOptions } from "./reporter-options.ts";
import { resultScreenshots } from "./result-screenshots.ts";

/** The attachment's name in reports. */
const NAME = "replay";
/** A warning that says nothing about the GIF of a test: what came before its first page. */
const EXPECTED_WARNING = "STEPS_WITHOUT_SCREENSHOT";
/** What the assembly says by itself, once in a process. */
const SAID_WARNING = "CAPTIONS_UNAVAILABLE";

/**
 * A reporter for Playwright Test that gives each result a GIF of its steps. It stands before the reporters that are to
 * show the GIF: `reporter: [["task-gif/playwright"], ["html"]]`.
 *
 * GIFs are made when all tests are done, one after another: tests that are still running would be slowed down, and time
 * out. Reporters end in their order, so that those behind this one find the GIFs among the attachments. What goes wrong is
 * a line on standard error, and never fails the run.
 */
export class GifReporter {
  readonly #options: ResolvedReporterOptions;
  readonly #results: { test: TestCase; result: TestResult }[] = [];
  readonly #said = new Set<string>();

  /** Called by Playwright. @throws `TypeError` for wrong options, which ends the run before the first test. */
  constructor(options: GifReporterOptions = {}) {
    this.#options = resolveReporterOptions(options);
  }

  /** Without this Playwright would not show its own lines of progress. */
  printsToStdio(): boolean {
    return false;
  }

  /** Keeps the results that are to have a GIF. */
  onTestEnd(test: TestCase, result: TestResult): void {
    if (this.#isWanted(test, result)) this.#results.push({ test, result });
  }

  /** Makes the GIFs, and adds each to the attachments of its result. */
  async onEnd({ status }: FullResult): Promise<void> {
    if (this.#results.length === 0) return;
    if (status === "interrupted") return this.#sayOnce("there are no GIFs, since the run was interrupted");
    const unrecorded = new Set<string>();
    const made = new Set<string>();
    for (const { test, result } of this.#results) {
      try {
        if (await this.#addGif(test, result)) made.add(test.id);
        else if (!result.attachments.some(({ name }) => name === "trace")) unrecorded.add(test.id);
      } catch (error) {
        const { code, name } = error as { code?: string; name?: string };
        say(`no GIF for ${titleOf(test, result)}: ${code ?? name ?? "Error"}: ${describeError(error)}`);
      }
    }
    // Of several tries one is enough: with trace: "on-first-retry" the first has no trace.
    const bare = [...unrecorded].filter((id) => !made.has(id)).length;
    if (bare === 0) return;
    const tests = bare === 1 ? "1 test has" : `${bare} tests have`;
    const remedy = 'set use: { trace: "retain-on-failure" }, or run with --trace on';
    say(`${tests} no GIF, since there is neither a trace nor a screenshot of a page; ${remedy}`);
  }

  /** Whether there was anything to make a GIF of. */
  async #addGif(test: TestCase, result: TestResult): Promise<boolean> {
    const { captionsOf, gif: options } = this.#options;
    const { screenshots, warnings } = await resultScreenshots(result, isUnexpected(test, result), { captionsOf });
    if (screenshots.length === 0) return false;
    const gif = await assembleGif(screenshots, options);
    const path = gifPath(test, result);
    await mkdir(dirname(path), { recursive: true });
    await gif.save(path);
    result.attachments.push({ name: NAME, contentType: "image/gif", path });
    for (const { code, message } of warnings) {
      if (code !== EXPECTED_WARNING) say(`the GIF of ${titleOf(test, result)} may lack something: ${code}: ${message}`);
    }
    for (const { code, message } of gif.stats.warnings) if (code !== SAID_WARNING) this.#sayOnce(message);
    return true;
  }

  #isWanted(test: TestCase, result: TestResult): boolean {
    if (result.status === "skipped" || result.status === "interrupted") return false;
    const { when } = this.#options;
    return when === "always" || (when === "retry" ? result.retry > 0 : isUnexpected(test, result));
  }

  #sayOnce(message: string): void {
    if (!this.#said.has(message)) say(message);
    this.#said.add(message);
  }
}

const isUnexpected = ({ expectedStatus }: TestCase, { status }: TestResult) => status !== expectedStatus;

/** As Playwright's own reporters write it. */
function titleOf(test: TestCase, { retry }: TestResult): string {
  const title = test
    .titlePath()
    .filter((part) => part !== "")
    .join(" › ");
  return JSON.stringify(retry > 0 ? `${title} (retry ${retry})` : title);
}

/** A line of its own: what others say of the same kind goes to standard error too. */
function say(message: string): void {
  process.stderr.write(`task-gif: ${message.replace(/\s*\n\s*/g, " ")}\n`);
}
