import { TaskGifError } from "task-gif";

/** A failure as the page tells it. */
export type Problem = {
  /** One plain sentence. */
  title: string;
  /** What can be done. */
  advice: string;
  /** The stable code, for reports and searches. */
  code: string;
  /** The exact message. */
  detail: string;
  /** Position of the screenshot that is to blame. */
  frame: number | undefined;
};

type Words = { title: (which: string) => string; advice: string };

const words: Record<string, Words> = {
  TOO_FEW_SCREENSHOTS: {
    title: () => "There are too few screenshots",
    advice: "A replay needs at least two screenshots that show a page. Blank tabs do not count.",
  },
  UNKNOWN_FORMAT: {
    title: (which) => `${which} is not a picture we can read`,
    advice: "PNG, JPEG, WebP and GIF work. Leave this one out, or convert it first.",
  },
  DECODE_FAILED: {
    title: (which) => `${which} is damaged`,
    advice: "The file starts like a picture but cannot be read to its end. Leave it out, or take it again.",
  },
  UNSUPPORTED: {
    title: (which) => `${which} is of a rare kind we do not read`,
    advice: "Save it as PNG and add it again, or leave it out.",
  },
  UNKNOWN_RECORD: {
    title: (which) => `${which} is nothing we can replay`,
    advice: "Drop screenshots, or a record of a tool: a Playwright trace or report, an agent's history, a message log.",
  },
  ORDER_UNKNOWN: {
    title: () => "The names of these pictures tell no order",
    advice: "They can be put in the order in which they were written, or drop the record they belong to.",
  },
  UNSAFE_PATH: {
    title: (which) => `${which} cannot be opened`,
    advice: "It names files outside of itself, as no tool does. Nothing was read from it.",
  },
  UNREADABLE: {
    title: (which) => `${which} could not be read`,
    advice: "The file may have been moved or changed since it was chosen. Add it again.",
  },
  FETCH_FAILED: {
    title: (which) => `${which} could not be loaded`,
    advice: "Check the connection and try again.",
  },
  EXPIRED: {
    title: () => "The screenshots of this task have expired",
    advice: "Uploaded screenshots are kept for some time only, and are gone now. Run the task again to get new ones.",
  },
  LIMIT_EXCEEDED: {
    title: (which) => `${which} is too large`,
    advice: "It is beyond the limits that keep this page responsive. Use fewer or smaller screenshots.",
  },
  CANNOT_FIT: {
    title: () => "It does not fit",
    advice: "Even at its smallest the GIF is larger than the limit. Allow more, or use fewer screenshots.",
  },
  OUT_OF_MEMORY: {
    title: () => "This machine ran out of memory",
    advice: "Close other tabs, use fewer screenshots, or choose a smaller size.",
  },
  WASM_NOT_FOUND: {
    title: () => "The assembler could not be loaded",
    advice:
      "A file of this page is missing on its server. Reload the page; if it stays, the page was not deployed whole.",
  },
  SCRIPT_NOT_FOUND: {
    title: () => "The assembler could not be loaded",
    advice:
      "A file of this page is missing on its server. Reload the page; if it stays, the page was not deployed whole.",
  },
  WASM_FAILED: {
    title: () => "The assembler could not be started",
    advice: "This browser refuses or lacks WebAssembly. Any current browser has it.",
  },
  WORKER_CRASHED: {
    title: () => "The assembler stopped unexpectedly",
    advice: "Try again. If it happens again with the same screenshots, the code below helps us to find out why.",
  },
};

const unknown: Words = {
  title: () => "The GIF could not be assembled",
  advice: "Try again. The message below says more.",
};

/**
 * Puts any failure into plain words.
 *
 * @param nameOf Names a screenshot by its position.
 * @param whole What failed where no screenshot is to blame.
 */
export function explain(error: unknown, nameOf: (frame: number) => string, whole = "One of the screenshots"): Problem {
  const isTyped = error instanceof TaskGifError;
  const code = isTyped ? error.code : error instanceof Error ? error.name : "UNKNOWN";
  const frame = isTyped ? error.frame : undefined;
  const { title, advice } = words[code] ?? unknown;
  const which = frame === undefined ? whole : nameOf(frame);
  return { title: title(which), advice, code, detail: error instanceof Error ? error.message : String(error), frame };
}
