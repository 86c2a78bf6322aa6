import type { Step } from "../public-types.ts";

/** What a `<task-gif>` is doing. */
export type TaskGifState = "idle" | "waiting" | "assembling" | "live" | "ready" | "unavailable" | "error";

/** A step of the replay, as it is told beside the picture. */
export type TaskGifStep = Partial<Step> & {
  /**
   * Index of the frame that shows it: in `gif.frames` for what `assembleGif` gave, else in the file. By default known from
   * the GIF, or by its place.
   */
  frame?: number;
};

/** What `statechange` tells. */
export type StateDetail = {
  /** What it is doing now. */
  state: TaskGifState;
  /** Why it is unavailable: one of the client's reasons, or `cancelled`. */
  reason?: string;
  /** Code of the error. */
  code?: string;
  /** The same in words. */
  message?: string;
};

/** What `stepchange` tells. */
export type StepDetail = TaskGifStep & {
  /** Place of the step, from 0. */
  index: number;
  /** Number of steps. */
  count: number;
  /** The frame that is shown. */
  frame: number;
};

/** Events of a `<task-gif>`; none of them bubbles. */
export interface TaskGifEventMap {
  /** It is doing something else now. */
  statechange: CustomEvent<StateDetail>;
  /** Another step is shown. */
  stepchange: CustomEvent<StepDetail>;
  /** It plays. */
  play: CustomEvent<null>;
  /** It does not play any more. */
  pause: CustomEvent<null>;
  /** It has played to its end. */
  ended: CustomEvent<null>;
}
