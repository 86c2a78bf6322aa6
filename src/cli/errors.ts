import { describeError } from "../js/task-gif-error.ts";

/** Exit codes. The guide to the command line has the same list. */
export const EXIT = {
  /** Everything was done. */
  ok: 0,
  /** The program or the machine failed. */
  internal: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** An input cannot be read, or there are too few screenshots. */
  input: 3,
  /** The result does not fit into the limits. */
  limit: 4,
  /** The task endpoint, or the connection to it, failed. */
  endpoint: 5,
  /** The result cannot be written. */
  output: 6,
  /** Ended by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** An error of the command line itself. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    /** Stable, upper-case name of what happened. */
    readonly code: string,
    readonly exit: number,
    message: string,
    /** What to do about it. */
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** Returns the error for a wrong command line: what was found, and what to write instead. */
export function usageError(message: string, remedy = "task-gif --help shows examples"): CliError {
  return new CliError("USAGE", EXIT.usage, message, remedy);
}

/** An error as it is printed, as text or JSON. */
export type Failure = { code: string; exit: number; message: string; remedy?: string; frame?: number; file?: string };

/** Exit codes by error code. Codes that are not listed are internal errors. */
const KINDS: [exit: number, codes: string[]][] = [
  [EXIT.input, ["TOO_FEW_SCREENSHOTS", "UNKNOWN_FORMAT", "DECODE_FAILED", "UNREADABLE", "FETCH_FAILED"]],
  [
    EXIT.input,
    ["REDACTION_FAILED", "BAD_GIF", "NO_SUCH_STEP", "UNKNOWN_RECORD", "UNSAFE_PATH", "ORDER_UNKNOWN", "NO_DIFFERENCE"],
  ],
  [EXIT.limit, ["LIMIT_EXCEEDED", "CANNOT_FIT", "OUT_OF_MEMORY"]],
  [
    EXIT.endpoint,
    ["BAD_REQUEST", "UNAUTHORIZED", "PAYMENT_REQUIRED", "FORBIDDEN", "NOT_FOUND", "NOT_READY", "EXPIRED"],
  ],
  [EXIT.endpoint, ["RATE_LIMITED", "SERVER", "NETWORK", "BAD_RESPONSE", "REDIRECT", "MEDIA_URL", "MEDIA_CORS"]],
  [EXIT.endpoint, ["BAD_MEDIA", "TOO_LARGE", "TOO_LONG"]],
];

/** Remedies for errors whose message has none. */
const REMEDIES: Record<string, string> = {
  DECODE_FAILED: "leave out what cannot be read with --on-bad-frame skip",
  UNKNOWN_FORMAT: "screenshots are PNG, JPEG or WebP files; leave others out with --on-bad-frame skip",
  UNAUTHORIZED: "put the key into the environment variable BROWSER_USE_API_KEY",
  NOT_READY: "the GIF is made a few minutes after the task: wait with --timeout 300",
  NO_DIFFERENCE: "leave out --only-different to see them",
  MEDIA_URL: "allow the host that the GIF comes from with --media-host",
};

/** Converts anything that was thrown to an error for printing. `files`: names of the screenshots by source index. */
export function failureOf(error: unknown, files: readonly string[] = []): Failure {
  const { code, frame } = error as { code?: unknown; frame?: unknown };
  if (error instanceof CliError) return told(error.code, error.exit, error.message, error.remedy);
  if (typeof code !== "string" || !/^[A-Z][A-Z0-9_]*$/.test(code)) {
    return told("INTERNAL", EXIT.internal, describeError(error));
  }
  const exit = /^HTTP_\d+$/.test(code)
    ? EXIT.endpoint
    : (KINDS.find(([, codes]) => codes.includes(code))?.[0] ?? EXIT.internal);
  const failure = told(code, exit, describeError(error), REMEDIES[code]);
  if (typeof frame !== "number") return failure;
  const file = files[frame];
  const place = `screenshot ${frame + 1}${files.length > 0 ? ` of ${files.length}` : ""}`;
  const message = failure.message.replace(/^(screenshot|frame) \d+: /, "");
  return {
    ...failure,
    message: `${file ?? place}${file ? ` (${place})` : ""}: ${message}`,
    frame,
    ...(file && { file }),
  };
}

function told(code: string, exit: number, message: string, remedy?: string): Failure {
  return { code, exit, message, ...(remedy && { remedy }) };
}
