/**
 * The task client in Node, over worker threads where it assembles.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { useStills } from "../../js/task-gif.ts";
import { node } from "../../node/platform.ts";

usePlatform(node);

useStills(() => import("../../js/inspect/gif-stills.lazy.ts"));

export * from "../../js/api/client-exports.ts";
export type * from "../../js/public-types.ts";
export { TaskGif } from "../../js/task-gif.ts";
export { TaskGifError } from "../../js/task-gif-error.ts";
