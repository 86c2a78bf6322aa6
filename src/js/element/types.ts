import type { TaskGifElement } from "./element.ts";

/** What a `<task-gif>` is doing. */
export type TaskGifState = "idle" | "waiting" | "assembling" | "live" | "ready" | "unavailable" | "error";

/** A step of the replay, as it is told beside the picture. */
export type TaskGifStep = {
  /** Number of the step in the task. */
  number?: number;
  /** What the step is about. */
  caption?: string;
  /** Address of the page. */
  url?: string;
  /** When it was, in ms since 1970. */
  timestampMs?: number;
  /** The frame of the GIF that shows it; by default known from the GIF, or by its place. */
  frame?: number;
};

/** What `statechange` tells. */
export type StateDetail = {
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
  src?: string | undefined;
  "task-id"?: string | undefined;
  endpoint?: string | undefined;
  alt?: string | undefined;
  autoplay?: boolean | undefined;
  loop?: boolean | undefined;
  onstatechange?: ((event: TaskGifEventMap["statechange"]) => void) | undefined;
  onstepchange?: ((event: TaskGifEventMap["stepchange"]) => void) | undefined;
} & Partial<Pick<TaskGifElement, "gif" | "screenshots" | "recorder" | "steps" | "client" | "options" | "labels">>;

/**
 * The element for JSX. In React:
 * `declare module "react" { namespace JSX { interface IntrinsicElements extends TaskGifIntrinsicElements {} } }`
 */
export interface TaskGifIntrinsicElements {
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
