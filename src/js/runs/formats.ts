import type { RecordFormat } from "./format.ts";

/** A format that is loaded when a record may be of its kind. */
export type FormatEntry = {
  /** As people call it; the same as that of the format. */
  name: string;
  load: () => Promise<RecordFormat>;
};

/**
 * The formats in the order in which they are tried: what is told apart by more comes first, plain folders of pictures
 * come last.
 */
export const FORMATS: readonly FormatEntry[] = [
  { name: "Playwright traces", load: () => import("./formats/playwright-trace/index.ts").then(({ format }) => format) },
  { name: "Midscene reports", load: () => import("./formats/midscene/index.ts").then(({ format }) => format) },
  {
    name: "Playwright MCP sessions",
    load: () => import("./formats/playwright-mcp/index.ts").then(({ format }) => format),
  },
  { name: "Lighthouse reports", load: () => import("./formats/lighthouse.ts").then(({ format }) => format) },
  { name: "DevTools traces", load: () => import("./formats/devtools-trace.ts").then(({ format }) => format) },
  {
    name: "message logs of computer use",
    load: () => import("./formats/message-log/index.ts").then(({ format }) => format),
  },
];
