/**
 * A server of tasks that answers the documented calls, for hosts without files: tasks are in an S3-compatible store.
 *
 * @packageDocumentation
 */
import { browser } from "../browser.ts";
import { usePlatform } from "../runtime.ts";

usePlatform(browser);

export * from "./exports.ts";
