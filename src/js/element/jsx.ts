import type { Options } from "../public-types.ts";
import type { TaskGifElement } from "./element.ts";
import type { TaskGifEventMap } from "./element-types.ts";

/** Attributes of `<task-gif>`, for JSX. */
export type TaskGifAttributes = {
  /** Address of a GIF. */
  src?: string | undefined;
  /** ID of a task; needs `endpoint`, or the property `client`. */
  "task-id"?: string | undefined;
  /** Base address of the task API, such as `/api/v1`. */
  endpoint?: string | undefined;
  /** Alternative text of the replay. */
  alt?: string | undefined;
  /** Whether it plays automatically; never for users who prefer reduced motion. */
  autoplay?: boolean | undefined;
  /** Whether it plays again from the start at its end. */
  loop?: boolean | undefined;
  /** Shows the most informative frame until it plays, or the picture at this URL. */
  poster?: string | boolean | undefined;
  /** Whether only the picture, a button and the bar are shown. */
  compact?: boolean | undefined;
  /** Controls to leave out, separated by spaces: `nodownload`, `nocopy`, `noshare`, `nofullscreen`, `notranscript`. */
  controlslist?: string | undefined;
  /** Option `maxDuration` of a GIF that is made here: `20s`, `1500ms`, or a number of ms. */
  "max-duration"?: string | number | undefined;
  /** Option `speed` of a GIF that is made here: factor on all times of the file. */
  speed?: string | number | undefined;
  /** Option `camera` of a GIF that is made here. */
  camera?: Options["camera"] | undefined;
  /** Called when the state changes. */
  onstatechange?: ((event: TaskGifEventMap["statechange"]) => void) | undefined;
  /** Called when another step is shown. */
  onstepchange?: ((event: TaskGifEventMap["stepchange"]) => void) | undefined;
} & Partial<Pick<TaskGifElement, "gif" | "screenshots" | "recorder" | "steps" | "client" | "options" | "labels">>;

/**
 * The element for JSX. In React:
 * `declare module "react" { namespace JSX { interface IntrinsicElements extends TaskGifIntrinsicElements {} } }`
 */
export interface TaskGifIntrinsicElements {
  /** Attributes and properties of `<task-gif>` in JSX. */
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
