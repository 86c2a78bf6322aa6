// Counts tests from the closing lines of the runners, so that no suite can pass by running nothing.
import { elapsed } from "./report.mjs";

/** Adds up cargo's "test result: ok. 3 passed; 0 failed; 1 ignored"; wasm-bindgen's runner closes alike. */
export function countCargo(output) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of output.matchAll(
    /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm,
  )) {
    count.passed += Number(passed);
    count.failed += Number(failed);
    count.skipped += Number(ignored);
  }
  return count;
}

/** Reads the summary of Node's runner: "# pass 3" or "ℹ pass 3". */
export function countNode(output) {
  const number = (word) => Number(output.match(new RegExp(`^[#ℹ] ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return {
    passed: number("pass"),
    failed: number("fail") + number("cancelled"),
    skipped: number("skipped") + number("todo"),
  };
}

/** The test files in which something failed, by the list of failing tests with which Node's runner closes. */
export function failedFiles(output) {
  const list = output.slice(output.lastIndexOf("failing tests:"));
  return [...new Set([...list.matchAll(/^test at (.+\.test\.m?js):\d+:\d+$/gm)].map(([, file]) => file))].sort();
}

/** A check that is one command counts as one test. */
export function countCommand(_output, code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** The sum over all suites, printed at the end in the form that CI tools read. */
export class Tally {
  #suites = [];
  #since = Date.now();

  /** Notes a suite that ended with `code`; one that ran nothing, or broke before it could count, is a failure. */
  add(name, code, count) {
    const note = count.passed + count.failed === 0 && code === 0 ? "found no tests" : undefined;
    const isBroken = note !== undefined || (code !== 0 && count.failed === 0);
    this.#suites.push({ ...count, name, note, failed: count.failed + (isBroken ? 1 : 0) });
  }

  /** The names of the suites with failures. */
  get failedNames() {
    return this.#suites.filter(({ failed }) => failed > 0).map(({ name }) => name);
  }

  /**
   * Notes the second try of the `files` of a suite that had failed. Where it passes, what had failed counts as passed, and
   * the summary names the files.
   */
  retry(name, files, code, count) {
    const suite = this.#suites.find((other) => other.name === name);
    if (code !== 0 || count.failed > 0 || count.passed === 0) return;
    suite.passed += suite.failed;
    suite.failed = 0;
    suite.flaky = files;
  }

  /** Notes a check that this machine has no program for. */
  skip(name, note) {
    this.#suites.push({ name, note, passed: 0, failed: 0, skipped: 1 });
  }

  get failed() {
    return this.#sum("failed");
  }

  /** Prints one line for each suite and the closing line. */
  print() {
    console.log(`\n=== summary (${elapsed(this.#since)}) ===\n`);
    for (const { name, note, passed, failed, skipped, flaky = [] } of this.#suites) {
      const mark = failed > 0 ? "FAILED" : passed > 0 ? "ok" : "skipped";
      const parts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
      console.log(`${mark.padEnd(8)} ${name}: ${note ?? parts.join(", ")}`);
      if (flaky.length > 0) console.log(`         passed only at the second try: ${flaky.join(", ")}`);
    }
    const skipped = this.#sum("skipped");
    console.log(`\n${this.#sum("passed")} passed, ${this.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  }

  #sum(key) {
    return this.#suites.reduce((sum, suite) => sum + suite[key], 0);
  }
}
