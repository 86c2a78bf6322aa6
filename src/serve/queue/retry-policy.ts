// Number of tries and delays between them, for GIF jobs and webhooks, in both queues.

/** Maximum number of tries of a job. */
export const MOST_TRIES = 20;

/** Delay in ms before the next try after `tries` tries: 1 s, then doubled each time, at most 5 min. */
export const retryDelayMs = (tries: number): number => Math.min(1000 * 2 ** (tries - 1), 300_000);

/** Maximum number of failed jobs that a queue in Redis keeps as dead letters, and how long, in seconds. */
export const DEAD_LETTERS = { most: 10_000, seconds: 30 * 86_400 };

/** Codes of errors that the machine may have caused, not the task: a retry may succeed. */
const RETRIED_CODES = new Set(["OUT_OF_MEMORY", "WORKER_FAILED", "WORKER_CRASHED", "WASM_FAILED", "WASM_NOT_FOUND"]);

/** Whether a GIF that failed with this code is tried again after `tries` tries. */
export const isRetried = (code: string, tries: number): boolean => RETRIED_CODES.has(code) && tries < MOST_TRIES;
