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
  {
    name: "Midscene report",
    load: () => import("./formats/midscene/format.ts").then(({ format }) => format),
  },
  {
    name: "Playwright MCP session",
    load: () => import("./formats/playwright-mcp/format.ts").then(({ format }) => format),
  },
  {
    name: "Lighthouse report",
    load: () => import("./formats/lighthouse.ts").then(({ format }) => format),
  },
  {
    name: "DevTools performance trace",
    load: () => import("./formats/devtools-trace.ts").then(({ format }) => format),
  },
  {
    name: "Message log of computer use",
    load: () => import("./formats/message-log/format.ts").then(({ format }) => format),
  },
];
