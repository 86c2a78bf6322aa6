/**
 * A server of tasks that answers the documented calls, for hosts without files: tasks are in an S3-compatible store.
 *
 * @packageDocumentation
 */
import { browser } from "../../js/platform/browser.ts";
import { usePlatform } from "../../js/platform/platform.ts";
import { useStills } from "../../js/task-gif.ts";

usePlatform(browser);
useStills(() => import("../../js/inspect/gif-stills.lazy.ts"));

export * from "../../serve/exports.ts";
