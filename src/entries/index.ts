/**
 * Assembling, recording and the task endpoint: the same functions in a browser and in Node, where worker threads do the
 * work. Nothing happens when it is imported, so that it may be imported on a server.
 *
 * @packageDocumentation
 */
import { browser } from "../js/platform/browser.ts";
import { usePlatform } from "../js/platform/platform.ts";
import { useStills } from "../js/task-gif.ts";

usePlatform(browser);

useStills(() => import("../js/inspect/gif-stills.lazy.ts"));

export * from "../js/api/index.ts";
