import { FAILURE_TEXTS, type FailureKind, type FailureText } from "./failure-texts.ts";

/** The buttons for a failure: try again, or go on without the bad screenshot. */
export type FailureAction = "retry" | "skip";

/** The description of a failure, for end users and developers. */
export type Failure = {
  /** Code of the text: the code of the failure, or of another failure with the same meaning to an end user. */
  kind: FailureKind;
  /** One plain sentence. */
  title: string;
  /** What the user can do about it. */
  advice: string;
  /** Buttons that can help, the most useful first; empty if nothing helps. */
  actions: readonly FailureAction[];
  /** Whether the failure is no error: there is no replay, and none is expected. */
  isNeutral: boolean;
  /** For developers: the stable code. */
  code: string;
  /** For developers: the exact message, without the query of any address. */
  message: string;
  /** Index of the screenshot that caused the failure, from 0. */
  frame: number | undefined;
};

/** Facts about the context of the failure. */
export type FailureContext = {
  /** Returns the name of a screenshot by its index from 0; default "Step n", from 1. */
  nameOf?: (frame: number) => string;
  /** Name of the subject if no single screenshot is the cause; default "The replay". */
  subject?: string | undefined;
  /** Returns the address of a screenshot, or without `frame` of the whole. */
  addressOf?: (frame: number | undefined) => string | undefined;
  /** Number of screenshots. */
  screenshots?: number | undefined;
  /** Whether the task is still running. */
  isRunning?: boolean | undefined;
  /** Texts in another language; those that are missing are English. */
  texts?: Partial<Record<FailureKind, FailureText>>;
};

/** Codes that have the same meaning to an end user as another code. */
const SAME_AS: Record<string, FailureKind> = {
  BAD_ARGUMENT: "BAD_OPTION",
  BAD_GIF: "DECODE_FAILED",
  BAD_MEDIA: "DECODE_FAILED",
  BAD_MESSAGE: "BAD_OPTION",
  BAD_REQUEST: "BAD_OPTION",
  BAD_RESPONSE: "SERVER",
  FRAME_NOT_HELD: "BAD_OPTION",
  MEDIA_CORS: "BAD_OPTION",
  MEDIA_URL: "BAD_OPTION",
  PAYMENT_REQUIRED: "FORBIDDEN",
  RECORDING_ENDED: "BAD_OPTION",
  REDIRECT: "BAD_OPTION",
  TOO_LARGE: "LIMIT_EXCEEDED",
  TOO_LONG: "CANNOT_FIT",
  WASM_NOT_FOUND: "SCRIPT_NOT_FOUND",
  WORKER_FAILED: "WORKER_CRASHED",
};

/** Kinds of failures for which a retry may help. */
const RETRY = new Set<FailureKind>([
  "UNKNOWN",
  "TIMEOUT",
  "NETWORK",
  "SERVER",
  "RATE_LIMITED",
  "UNAUTHORIZED",
  "FETCH_FAILED",
  "OUT_OF_MEMORY",
  "WORKER_CRASHED",
  "SCRIPT_NOT_FOUND",
]);

/** Failures of one screenshot that `onBadFrame: "skip"` skips. */
const SKIP = new Set<FailureKind>([
  "EXPIRED",
  "FETCH_FAILED",
  "HTML_PAGE",
  "UNKNOWN_FORMAT",
  "UNSUPPORTED",
  "DECODE_FAILED",
  "UNREADABLE",
  "LIMIT_EXCEEDED",
]);

const NEUTRAL = new Set<FailureKind>([
  "ABORTED",
  "NOT_FOUND",
  "NOT_FINISHED",
  "NO_SCREENSHOTS_YET",
  "ONE_SCREENSHOT_YET",
  "NO_SCREENSHOTS",
  "ONE_SCREENSHOT",
  "TOO_FEW_SCREENSHOTS",
  "EXPIRED",
  "TIMEOUT",
  "UNANSWERED",
  "OFFLINE",
]);

/**
 * Describes a failure to end users: in plain words, with the buttons that can help. Everything that shows failures
 * calls it, so that the texts are the same everywhere.
 *
 * @param error Whatever was thrown or given as a reason.
 */
export function describeFailure(error: unknown, context: FailureContext = {}): Failure {
  const { code, reason, frame } = factsOf(error);
  const kind = kindOf(code, reason, context);
  const { title, advice } = context.texts?.[kind] ?? FAILURE_TEXTS[kind];
  const { nameOf = (position) => `Step ${position + 1}`, subject = "The replay" } = context;
  const values = {
    subject: frame === undefined ? subject : nameOf(frame),
    address: withoutQueries((context.addressOf?.(frame) ?? "").replace(/[?#].*/s, "")).slice(0, 200),
  };
  const actions: FailureAction[] = [];
  if (frame !== undefined && SKIP.has(kind)) actions.push("skip");
  if (RETRY.has(kind)) actions.push("retry");
  return {
    kind,
    title: fill(title, values),
    advice: fill(advice, values),
    actions,
    isNeutral: NEUTRAL.has(kind),
    code,
    message: withoutQueries(messageOf(error)),
    frame,
  };
}

/** Imports nothing: this file is part of the element's entry, which must stay small. */
function messageOf(error: unknown): string {
  const { message, name } = (error ?? {}) as { message?: unknown; name?: unknown };
  return String(message || name || error);
}

/** Returns code, reason and screenshot of any thrown value. */
function factsOf(error: unknown): { code: string; reason?: string | undefined; frame?: number | undefined } {
  const { name, code, reason, frame } = (error ?? {}) as Record<string, unknown>;
  if (typeof code === "string") {
    return {
      code,
      ...(typeof reason === "string" && { reason }),
      ...(typeof frame === "number" && { frame }),
    };
  }
  if (name === "AbortError") return { code: "ABORTED" };
  // Wrong arguments are `TypeError`s; every other failure has a code.
  return { code: error instanceof TypeError ? "BAD_OPTION" : "UNKNOWN" };
}

function kindOf(code: string, reason: string | undefined, { screenshots, isRunning }: FailureContext): FailureKind {
  const name = code === "NOT_READY" && reason !== undefined ? reason.toUpperCase() : code;
  if (name === "TOO_FEW_SCREENSHOTS") {
    if (screenshots === 0) return isRunning ? "NO_SCREENSHOTS_YET" : "NO_SCREENSHOTS";
    if (screenshots === 1) return isRunning ? "ONE_SCREENSHOT_YET" : "ONE_SCREENSHOT";
  }
  if (Object.hasOwn(FAILURE_TEXTS, name)) return name as FailureKind;
  if (Object.hasOwn(SAME_AS, name)) return SAME_AS[name]!;
  return name.startsWith("HTTP_") ? "SERVER" : "UNKNOWN";
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
}

/** Removes the query of URLs in a message: URLs may be signed, and logs may be shared. */
function withoutQueries(text: string): string {
  return text.replace(/(\w+:\/\/)(?:[^\s/@]*@)?([^\s?#"'<>]*)(?:[?#][^\s"'<>]*?(?=[:;,.)]*(?:["'<>\s]|$)))?/g, "$1$2");
}
