import type { Step } from "../public-types.ts";

/** The states of a `<task-gif>`. */
export type TaskGifState = "idle" | "waiting" | "assembling" | "live" | "ready" | "unavailable" | "error";

/** A step of the replay, as it is shown beside the picture. */
export type TaskGifStep = Partial<Step> & {
  /**
   * Index of the frame that shows it: in `gif.frames` for a GIF of `assembleGif`, else in the file. By default it follows from the GIF,
   * or is the position of the step.
   */
  frame?: number;
};

/** The `detail` of `statechange`. */
export type StateDetail = {
  /** The new state. */
  state: TaskGifState;
  /** Why it is unavailable: one of the client's reasons, or `cancelled`. */
  reason?: string;
  /** Code of the error. */
  code?: string;
  /** Description of the error. */
  message?: string;
};

/** The `detail` of `stepchange`. */
export type StepDetail = TaskGifStep & {
  /** Index of the step, from 0. */
  index: number;
  /** Number of steps. */
  count: number;
  /** The frame that is shown. */
  frame: number;
};

/** Events of a `<task-gif>`; none of them bubbles. */
export interface TaskGifEventMap {
  /** Its state has changed. */
  statechange: CustomEvent<StateDetail>;
  /** Another step is shown. */
  stepchange: CustomEvent<StepDetail>;
  /** Playback has started. */
  play: CustomEvent<null>;
  /** Playback has paused. */
  pause: CustomEvent<null>;
  /** Playback has reached the end. */
  ended: CustomEvent<null>;
}
