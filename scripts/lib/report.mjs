// What a script says: one line for each step, and one clear message when something is missing.

/** A failure that a person can act on: what went wrong, and what to do about it by hand. */
export class StepError extends Error {
  /**
   * @param {string} message what was found and what was expected
   * @param {string} [advice] what to do by hand
   */
  constructor(message, advice) {
    super(message);
    this.name = "StepError";
    this.advice = advice;
  }
}

/** Prints the one line of a step. */
export function say(area, text) {
  console.log(`${area.padEnd(12)} ${text}`);
}

/** "850 ms", "12.3 s" or "3 min 5 s". */
export function elapsed(sinceMs) {
  const ms = Date.now() - sinceMs;
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** "412 kB" for people; kB is 1000 bytes, as file managers count. */
export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
}

/** Runs a script's body; a failure ends in a message and exit code 1, not in a stack trace. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(`\nfailed: ${error.message}`);
    if (error.advice) console.error(`\n${error.advice}`);
    if (!(error instanceof StepError) && process.env.DEBUG) console.error(error.stack);
    process.exit(1);
  }
}
