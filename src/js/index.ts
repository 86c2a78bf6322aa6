/**
 * Assembling, recording and the task endpoint: the same functions in a browser and in Node, where worker threads do the
 * work. Nothing happens when it is imported, so that it may be imported on a server.
 *
 * @packageDocumentation
 */
import { browser } from "./browser.ts";
import { usePlatform } from "./runtime.ts";

usePlatform(browser);

export * from "./public.ts";
