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
/** Code of a warning that is not reported: steps before the first page of a test never have screenshots. */
const EXPECTED_WARNING = "STEPS_WITHOUT_SCREENSHOT";
/** Code of a warning that the assembly itself writes to the console. */
const LOGGED_WARNING = "CAPTIONS_UNAVAILABLE";

/**
 * A reporter for Playwright Test that attaches a GIF of its steps to each result. List it before the reporters that show the GIF:
 * `reporter: [["task-gif/playwright"], ["html"]]`.
 *
 * GIFs are made one after another when all tests are done, so that they do not slow down running tests. Playwright ends reporters
 * in the order of their list, so later ones find the GIFs among the attachments. An error is a line on standard error and never
 * fails the run.
 */
export class GifReporter {
  readonly #options: ResolvedReporterOptions;
  readonly #results: { test: TestCase; result: TestResult }[] = [];
  readonly #warned = new Set<string>();

  /** Called by Playwright. @throws `TypeError` for invalid options: Playwright then stops before the first test. */
  constructor(options: GifReporterOptions = {}) {
    this.#options = resolveReporterOptions(options);
  }

  /** Tells Playwright that it should still print its own progress. */
  printsToStdio(): boolean {
    return false;
  }

  /** Collects the results that get a GIF. */
  onTestEnd(test: TestCase, result: TestResult): void {
    if (this.#isWanted(test, result)) this.#results.push({ test, result });
  }

  /** Makes the GIFs, and adds each to the attachments of its result. */
  async onEnd({ status }: FullResult): Promise<void> {
    if (this.#results.length === 0) return;
    if (status === "interrupted") return this.#warnOnce("there are no GIFs, since the run was interrupted");
    const unrecorded = new Set<string>();
    const made = new Set<string>();
    for (const { test, result } of this.#results) {
      try {
        if (await this.#addGif(test, result)) made.add(test.id);
        else if (!result.attachments.some(({ name }) => name === "trace")) unrecorded.add(test.id);
      } catch (error) {
        const { code, name } = error as { code?: string; name?: string };
        warn(`no GIF for ${titleOf(test, result)}: ${code ?? name ?? "Error"}: ${describeError(error)}`);
      }
    }
    // One GIF of several tries is enough: with trace: "on-first-retry", the first try has no trace.
    const bare = [...unrecorded].filter((id) => !made.has(id)).length;
    if (bare === 0) return;
    const tests = bare === 1 ? "1 test has" : `${bare} tests have`;
    const remedy = 'set use: { trace: "retain-on-failure" }, or run with --trace on';
    warn(`${tests} no GIF, since there is neither a trace nor a screenshot of a page; ${remedy}`);
  }

  /** Adds the GIF of a result to its attachments; resolves to `false` if the result has no screenshots. */
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
      if (code !== EXPECTED_WARNING)
        warn(`the GIF of ${titleOf(test, result)} may lack something: ${code}: ${message}`);
    }
    for (const { code, message } of gif.stats.warnings) if (code !== LOGGED_WARNING) this.#warnOnce(message);
    return true;
  }

  #isWanted(test: TestCase, result: TestResult): boolean {
    if (result.status === "skipped" || result.status === "interrupted") return false;
    const { when } = this.#options;
    return when === "always" || (when === "retry" ? result.retry > 0 : isUnexpected(test, result));
  }

  #warnOnce(message: string): void {
    if (!this.#warned.has(message)) warn(message);
    this.#warned.add(message);
  }
}

const isUnexpected = ({ expectedStatus }: TestCase, { status }: TestResult) => status !== expectedStatus;

/** Returns the title of a test in the format of Playwright's own reporters. */
function titleOf(test: TestCase, { retry }: TestResult): string {
  const title = test
    .titlePath()
    .filter((part) => part !== "")
    .join(" › ");
  return JSON.stringify(retry > 0 ? `${title} (retry ${retry})` : title);
}

/** Writes a message as one line to standard error. */
function warn(message: string): void {
  process.stderr.write(`task-gif: ${message.replace(/\s*\n\s*/g, " ")}\n`);
}
