import type { Json } from "../../../task-records/json-fields.ts";
import type { LogEvent } from "./log-event.ts";

/** The reader of one vendor's messages. */
export type VendorFormat = {
  /** Name of the tool, for `Run.tool`. */
  tool: string;
  /** Whether a message has a field that only computer use in this format has. */
  knows(item: Json): boolean;
  /** Converts messages to events. */
  events(items: readonly Json[]): LogEvent[];
  /** Returns a warning if the meaning of the pictures is a guess. */
  warning?(items: readonly Json[]): string | undefined;
};
