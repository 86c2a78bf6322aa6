/**
 * task-gif in Node: the same functions as in a browser, over worker threads.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

export * from "../js/api/index.ts";
