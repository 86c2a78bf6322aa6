import { describeError } from "../js/task-gif-error.ts";

/** What the process ends with, by kind of failure. The guide to the command line has the same list. */
export const EXIT = {
  /** Everything was done. */
  ok: 0,
  /** This program, or the machine, could not. */
  internal: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** Something that was given to read cannot be read, or is too little. */
  input: 3,
  /** It cannot be done within the limits, of size or of anything else. */
  limit: 4,
  /** The task endpoint, or the way to it. */
  endpoint: 5,
  /** The result cannot be written. */
  output: 6,
  /** Ended by Ctrl-C, as shells say it. */
  interrupted: 130,
} as const;

/** A failure that the command line itself finds. */
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

/** The command line is wrong: what was found, and what to write instead. */
export function usageError(message: string, remedy = "task-gif --help shows examples"): CliError {
  return new CliError("USAGE", EXIT.usage, message, remedy);
}

/** A failure as people and programs are told of it. */
export type Failure = { code: string; exit: number; message: string; remedy?: string; frame?: number; file?: string };

/** Kinds of failure by their codes; what is not listed is internal. */
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

/** What to do about a failure whose message does not say so itself. */
const REMEDIES: Record<string, string> = {
  DECODE_FAILED: "leave out what cannot be read with --on-bad-frame skip",
  UNKNOWN_FORMAT: "screenshots are PNG, JPEG or WebP files; leave others out with --on-bad-frame skip",
  UNAUTHORIZED: "put the key into the environment variable BROWSER_USE_API_KEY",
  NOT_READY: "the GIF is made a few minutes after the task: wait with --timeout 300",
  NO_DIFFERENCE: "leave out --only-different to see them",
  MEDIA_URL: "allow the host that the GIF comes from with --media-host",
};

/** Tells what happened, whatever was thrown. `files` names the screenshots by their place. */
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
