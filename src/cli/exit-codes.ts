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

/** Returns the exit code for an error with this stable code. */
export function exitCodeOf(code: string): number {
  if (/^HTTP_\d+$/.test(code)) return EXIT.endpoint;
  return KINDS.find(([, codes]) => codes.includes(code))?.[0] ?? EXIT.internal;
}
