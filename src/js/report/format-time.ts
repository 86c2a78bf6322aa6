/** Formats dates, times and durations, the same on every machine: UTC, 24 hours. */

/** Formats the date, as `2026-05-15`. */
export const formatDate = (ms: number): string => new Date(ms).toISOString().replace(/T.*/, "");

/** Formats the time of day, as `14:40:31`. */
export const formatTimeOfDay = (ms: number): string => new Date(ms).toISOString().replace(/.*T|\..*/g, "");

/** Heading of a column with times of day, with the time zone. */
export const TIME_COLUMN = "Time (UTC)";

/** Formats a duration, as `56 s`, `3 min 8 s` or `2 h 5 min`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
