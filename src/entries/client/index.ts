/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF.
 *
 * @packageDocumentation
 */

import { browser } from "../../js/platform/browser.ts";
import { usePlatform } from "../../js/platform/platform.ts";
import { useStills } from "../../js/task-gif.ts";

usePlatform(browser);

useStills(() => import("../../js/inspect/gif-stills.lazy.ts"));

export * from "../../js/api/client-exports.ts";
export type * from "../../js/public-types.ts";
export { TaskGif } from "../../js/task-gif.ts";
export { TaskGifError } from "../../js/task-gif-error.ts";
