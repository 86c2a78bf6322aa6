import { boolean, callable, number, record, reject } from "../options/argument-checks.ts";
import type { DownloadOptions, WaitOptions } from "./client-types.ts";

/** Default maximum wait for a GIF in ms. */
export const DEFAULT_WAIT_MS = 600_000;
/** Default interval in ms at which a running task is polled. */
export const DEFAULT_INTERVAL_MS = 2000;
/** Longest delay of a timer in ms. */
const MOST_MS = 2 ** 31 - 1;

/** Checks the options of a call that waits or downloads. @throws `TypeError` that names the option. */
export function checkWait(value: unknown, names: readonly string[]): WaitOptions & DownloadOptions {
  const options = record(value, "options", names) as WaitOptions & DownloadOptions;
  const { signal, timeout, interval, isNew, onPoll, onProgress } = options;
  checkSignal(signal);
  if (timeout !== undefined) number(timeout, "options.timeout", 0, MOST_MS);
  if (interval !== undefined) number(interval, "options.interval", 1, MOST_MS);
  if (isNew !== undefined) boolean(isNew, "options.isNew");
  if (onPoll !== undefined) callable(onPoll, "options.onPoll");
  if (onProgress !== undefined) callable(onProgress, "options.onProgress");
  return options;
}

/** Checks an abort signal. @throws `TypeError` for anything else. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined) return;
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal && "addEventListener" in signal;
  if (!isSignal) reject("options.signal", "an AbortSignal", signal);
}
