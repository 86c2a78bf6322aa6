/**
 * A server of tasks that answers the documented calls, for hosts without files: tasks are in an S3-compatible store.
 *
 * @packageDocumentation
 */
import { browser } from "../../js/platform/browser.ts";
import { usePlatform } from "../../js/platform/platform.ts";

usePlatform(browser);

export * from "../../serve/exports.ts";
