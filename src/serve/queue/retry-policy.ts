// How often jobs are tried, and when: GIFs, and webhooks about them, in both queues.

/** A job that is tried so often is given up. */
export const MOST_TRIES = 20;

/** The pause before the next try of a job that was tried so often: 1 s, doubled up to 5 min. */
export const retryDelayMs = (tries: number): number => Math.min(1000 * 2 ** (tries - 1), 300_000);

/** How many jobs that were given up are kept as dead letters, where the queue keeps them, and for how long. */
export const DEAD_LETTERS = { most: 10_000, seconds: 30 * 86_400 };

/** Codes of what may be the machine's fault and not the task's: another time it may go well. */
const RETRIED_CODES = new Set(["OUT_OF_MEMORY", "WORKER_FAILED", "WORKER_CRASHED", "WASM_FAILED", "WASM_NOT_FOUND"]);

/** Whether a GIF that failed with this code is tried again, after so many tries. */
export const isRetried = (code: string, tries: number): boolean => RETRIED_CODES.has(code) && tries < MOST_TRIES;
