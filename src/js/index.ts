/**
 * task-gif in a browser.
 *
 * @packageDocumentation
 */
import { browser } from "./browser.ts";
import { usePlatform } from "./runtime.ts";

usePlatform(browser);

export * from "./public.ts";
