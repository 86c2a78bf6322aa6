const number = new Intl.NumberFormat("en");
const oneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** Formats bytes in decimal units, as file managers do: `1.24 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${number.format(bytes)} B`;
  if (bytes < 100_000) return `${oneDecimal.format(bytes / 1000)} kB`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

/** Formats a duration: `840 ms`, `4.2 s`, `1 min 12 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${oneDecimal.format(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** Formats ms as seconds without the unit: `0.8`. */
export function formatSeconds(ms: number): string {
  return oneDecimal.format(ms / 1000);
}

/** Formats a count: `3 steps`, `1 step`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}

/** Formats day and time of day. */
export function formatMoment(date: Date): string {
  return moment.format(date);
}

/** Formats the change from `before` to `now`: `+4 %`, `-25 %`. */
export function formatChange(now: number, before: number): string {
  const percent = Math.round(((now - before) / before) * 100);
  return percent === 0 ? "no change" : `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`;
}
