/**
 * task-gif in Node: the same functions as in a browser, over worker threads.
 *
 * @packageDocumentation
 */
import { node } from "../node/platform.ts";
import { usePlatform } from "./runtime.ts";

usePlatform(node);

export * from "./public.ts";
