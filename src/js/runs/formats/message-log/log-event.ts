import type { InlinePicture } from "../../pictures/picture-of-base64.ts";

/** What the message logs of all vendors come down to. */
export type LogEvent = LogTask | LogText | LogCall | LogResult | LogTurn;

/** What the user asked for. */
export type LogTask = { type: "task"; text: string };

/** What the model said, thoughts left out. */
export type LogText = { type: "text"; text: string };

/** What the model wanted done. Pictures of `isOther` tools are no screenshots. */
export type LogCall = { type: "call"; id?: string; actions: readonly LogAction[]; isOther?: boolean };

/** What came of it, from after it. */
export type LogResult = {
  type: "result";
  id?: string;
  picture?: LogPicture;
  /** Why it failed, in plain text; may be empty. */
  error?: string;
  /** Whether there is nothing in it at all. */
  isEmpty?: boolean;
  /** Address of the page. */
  url?: string;
  /** When it was noted, in ms since 1970. */
  timestampMs?: number;
};

/** A new turn of the model, in logs that have the results only. */
export type LogTurn = { type: "turn" };

/** One action in words, without what was typed. */
export type LogAction = {
  words: string;
  /** What was typed, for captions that tell all. */
  typed?: string;
  /** `look`: changes nothing, as taking a screenshot; `cut-out`: its picture is a part of the screen, in another size. */
  kind?: "look" | "cut-out";
  /** One point is a click, several are the way of a drag. */
  points?: readonly LogPoint[];
};

/** A point, in pixels of the picture or in parts of its sides: of 1000, where `per` is 1000. */
export type LogPoint = { x: number; y: number; per?: number };

/** A picture in the log, or what stands for one that is elsewhere. */
export type LogPicture = InlinePicture | { reference: string };
