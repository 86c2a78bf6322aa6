/**
 * The text about a failure and its remedy, for viewers of a replay. `{subject}` is replaced by the failed part, such as
 * "Step 3", and `{address}` by its URL.
 */
export type FailureText = {
  /** One plain sentence. */
  title: string;
  /** The remedy. */
  advice: string;
};

/**
 * English texts by the kind of failure. The name of a kind is its code; several codes with the same meaning to an end user
 * share one of their codes. Developers read the code and the message of the error itself.
 */
export const FAILURE_TEXTS = {
  UNKNOWN: { title: "{subject} cannot be shown", advice: "Something unexpected happened. Try again." },
  ABORTED: { title: "{subject} was cancelled", advice: "It ended before there was anything to play." },
  NOT_FOUND: { title: "This task does not exist", advice: "It may have been removed, or the link is cut off." },
  NOT_FINISHED: { title: "The task has not finished", advice: "Its replay is made when it ends." },
  NO_SCREENSHOTS_YET: { title: "No screenshots yet", advice: "The task is running. Its replay appears here." },
  ONE_SCREENSHOT_YET: { title: "One screenshot so far", advice: "The task is running. A replay needs one more." },
  NO_SCREENSHOTS: { title: "There are no screenshots", advice: "A replay needs at least two." },
  ONE_SCREENSHOT: { title: "Only one screenshot was taken", advice: "A replay needs at least two." },
  TOO_FEW_SCREENSHOTS: {
    title: "There are too few screenshots",
    advice: "Blank pages and files that cannot be read do not count.",
  },
  EXPIRED: {
    title: "{subject} has expired",
    advice: "Replays and their screenshots are kept for a limited time. Run the task again for new ones.",
  },
  TIMEOUT: { title: "The replay is not ready yet", advice: "Making it takes some minutes. Try again later." },
  NETWORK: { title: "The server cannot be reached", advice: "Check the connection and try again." },
  UNANSWERED: { title: "The server does not answer", advice: "Check the connection. It is tried again by itself." },
  OFFLINE: { title: "You are offline", advice: "It goes on by itself when the connection is back." },
  SERVER: { title: "The server could not answer", advice: "Something went wrong there. Try again later." },
  RATE_LIMITED: { title: "The server is busy", advice: "Wait a minute and try again." },
  UNAUTHORIZED: { title: "You are not signed in", advice: "Sign in again, then try again." },
  FORBIDDEN: { title: "You have no access to this replay", advice: "Ask the people who run this page." },
  FETCH_FAILED: {
    title: "{subject} could not be loaded",
    advice: "It may be missing. Check the connection and try again.",
  },
  HTML_PAGE: {
    title: "{subject} is a web page, not a picture",
    advice: "This is what its address leads to: {address}",
  },
  UNKNOWN_FORMAT: { title: "{subject} is not a picture we can read", advice: "PNG, JPEG, WebP and GIF work." },
  UNSUPPORTED: { title: "{subject} is of a rare kind we do not read", advice: "Save it as PNG and use that." },
  DECODE_FAILED: {
    title: "{subject} is damaged",
    advice: "The file cannot be read to its end. Make or save it again.",
  },
  UNREADABLE: {
    title: "{subject} could not be read",
    advice: "The file may have been moved or changed since it was chosen. Add it again.",
  },
  LIMIT_EXCEEDED: { title: "{subject} is too large", advice: "Use fewer or smaller screenshots." },
  NO_DIFFERENCE: { title: "The two runs look the same", advice: "None of their steps differs." },
  CANNOT_FIT: {
    title: "It does not fit",
    advice: "Even at its smallest or shortest the GIF is over the limit. Allow more, or use fewer screenshots.",
  },
  OUT_OF_MEMORY: {
    title: "This machine ran out of memory",
    advice: "Close other tabs, use fewer screenshots, or choose a smaller size.",
  },
  WORKER_CRASHED: { title: "The work stopped unexpectedly", advice: "Try again. Fewer screenshots may help." },
  SCRIPT_NOT_FOUND: {
    title: "A part of this page could not be loaded",
    advice: "Check the connection and reload the page. If that does not help, a file of it is missing.",
  },
  WASM_FAILED: {
    title: "This browser cannot make replays",
    advice: "It lacks or refuses WebAssembly. Any current browser has it.",
  },
  REDACTION_FAILED: {
    title: "Nothing is shown, to be safe",
    advice: "A part of it is to be hidden, and that did not work.",
  },
  CAPTIONS_UNAVAILABLE: {
    title: "The captions cannot be drawn",
    advice: "This browser does not let the page draw pictures.",
  },
  BAD_OPTION: {
    title: "This replay is set up wrongly",
    advice: "The people who run this page find the reason in the browser's console.",
  },
  UNKNOWN_RECORD: {
    title: "{subject} is nothing we can replay",
    advice: "Use screenshots, or a record of a tool: a trace, a report, an agent's history, a message log.",
  },
  ORDER_UNKNOWN: {
    title: "The names of these pictures tell no order",
    advice: "They can be put in the order in which they were written, or use the record they belong to.",
  },
  UNSAFE_PATH: {
    title: "{subject} cannot be opened",
    advice: "It names files outside of itself, as no tool does. Nothing was read from it.",
  },
} satisfies Record<string, FailureText>;

/** One of the kinds of failure that have a text. */
export type FailureKind = keyof typeof FAILURE_TEXTS;
