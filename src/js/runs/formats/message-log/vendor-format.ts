import type { Json } from "../../../task-records/json-fields.ts";
import type { LogEvent } from "./log-event.ts";

/** How the messages of one vendor are written. */
export type VendorFormat = {
  /** What is said to have written the log. */
  tool: string;
  /** Whether a message has what only this format has, and what only computer use has. */
  knows(item: Json): boolean;
  /** What messages come down to. */
  events(items: readonly Json[]): LogEvent[];
  /** What the log's pictures mean where that is not certain. */
  warning?(items: readonly Json[]): string | undefined;
};
