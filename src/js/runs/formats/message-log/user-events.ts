import type { LogEvent, LogPicture } from "./log-event.ts";

/** Returns the events of a user's message: its text is a task, and its pictures show the screen without a call. */
export function userEvents(text: string | undefined, pictures: readonly LogPicture[]): LogEvent[] {
  const shown = pictures.map((picture): LogEvent => ({ type: "result", picture }));
  return text ? [{ type: "task", text }, ...shown] : shown;
}
