import { describeError } from "../js/task-gif-error.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";

/** An error of the command line itself. */
export class CliError extends Error {
  override readonly name = "CliError";

  constructor(
    /** Stable code in upper case. */
    readonly code: string,
    readonly exit: number,
    message: string,
    /** What to do about it. */
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** Returns the error for a wrong command line, with the problem and the remedy. */
export function usageError(message: string, remedy = "task-gif --help shows examples"): CliError {
  return new CliError("USAGE", EXIT.usage, message, remedy);
}

/** An error as it is printed, as text or JSON. */
export type Failure = { code: string; exit: number; message: string; remedy?: string; frame?: number; file?: string };

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
  const failure = told(code, exitCodeOf(code), describeError(error), REMEDIES[code]);
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
