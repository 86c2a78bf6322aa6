import type { Step } from "../types.ts";
import type { TaskGifElement } from "./element.ts";

/** What a `<task-gif>` is doing. */
export type TaskGifState = "idle" | "waiting" | "assembling" | "live" | "ready" | "unavailable" | "error";

/** A step of the replay, as it is told beside the picture. */
export type TaskGifStep = Partial<Step> & {
  /** Index of the frame of the GIF that shows it; by default known from the GIF, or by its place. */
  frame?: number;
};

/** What `statechange` tells. */
export type StateDetail = {
  /** What it is doing now. */
  state: TaskGifState;
  /** Why it is unavailable: one of the client's reasons. */
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

/** Attributes of `<task-gif>`, for JSX. */
export type TaskGifAttributes = {
  /** Address of a GIF. */
  src?: string | undefined;
  /** ID of a task; needs `endpoint`, or the property `client`. */
  "task-id"?: string | undefined;
  /** Base address of the task API, such as `/api/v1`. */
  endpoint?: string | undefined;
  /** What the replay shows, for those who do not see it. */
  alt?: string | undefined;
  /** Whether it plays as soon as it can; not where less motion is asked for. */
  autoplay?: boolean | undefined;
  /** Whether it starts over at its end. */
  loop?: boolean | undefined;
  /** Hears when it does something else. */
  onstatechange?: ((event: TaskGifEventMap["statechange"]) => void) | undefined;
  /** Hears when another step is shown. */
  onstepchange?: ((event: TaskGifEventMap["stepchange"]) => void) | undefined;
} & Partial<Pick<TaskGifElement, "gif" | "screenshots" | "recorder" | "steps" | "client" | "options" | "labels">>;

/**
 * The element for JSX. In React:
 * `declare module "react" { namespace JSX { interface IntrinsicElements extends TaskGifIntrinsicElements {} } }`
 */
export interface TaskGifIntrinsicElements {
  /** What `<task-gif>` takes in JSX. */
  "task-gif": TaskGifAttributes & {
    id?: string;
    class?: string;
    className?: string;
    slot?: string;
    style?: unknown;
    key?: string | number | bigint | null;
    ref?: unknown;
    children?: unknown;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "task-gif": TaskGifElement;
  }
}
