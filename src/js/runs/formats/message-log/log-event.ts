import type { InlinePicture } from "../../pictures/picture-of-base64.ts";

/** The common form of all message logs: the readers of vendors return these events. */
export type LogEvent = LogTask | LogText | LogCall | LogResult | LogTurn;

/** The task, as the user wrote it. */
export type LogTask = { type: "task"; text: string };

/** A text of the model; thoughts are left out. */
export type LogText = { type: "text"; text: string };

/** A call of a tool. Pictures of tools with `isOther` are no screenshots. */
export type LogCall = { type: "call"; id?: string; actions: readonly LogAction[]; isOther?: boolean };

/** The result of a call. Its picture was taken after the call. */
export type LogResult = {
  type: "result";
  id?: string;
  picture?: LogPicture;
  /** Why it failed, in plain text; may be empty. */
  error?: string;
  /** Whether the result is empty. */
  isEmpty?: boolean;
  /** Address of the page. */
  url?: string;
  /** Time of the message, in ms since 1970. */
  timestampMs?: number;
};

/** A new turn of the model, in logs that have the results only. */
export type LogTurn = { type: "turn" };

/** The action in words, without typed text. */
export type LogAction = {
  words: string;
  /** The typed text, for `captionsOf: "all"`. */
  typed?: string;
  /**
   * `look`: changes nothing, such as taking a screenshot. `cut-out`: its picture shows a part of the screen, in another
   * size.
   */
  kind?: "look" | "cut-out";
  /** One point is a click, several are the path of a drag. */
  points?: readonly LogPoint[];
};

/** A point, in pixels of the picture, or, if `per` is 1000, in thousandths of its sides. */
export type LogPoint = { x: number; y: number; per?: number };

/** A picture in the log, or a reference to one elsewhere. */
export type LogPicture = InlinePicture | { reference: string };
