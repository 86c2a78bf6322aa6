/**
 * task-gif in Node: the same functions as in a browser, over worker threads.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../js/platform/platform.ts";
import { useStills } from "../js/task-gif.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

useStills(() => import("../js/inspect/gif-stills.lazy.ts"));

export * from "../js/api/index.ts";
