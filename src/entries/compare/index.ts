/**
 * Two runs of one task: their steps aligned, what differs in each, and a GIF of both side by side.
 *
 * @packageDocumentation
 */

import { browser } from "../../js/platform/browser.ts";
import { usePlatform } from "../../js/platform/platform.ts";
import { useStills } from "../../js/task-gif.ts";

usePlatform(browser);

useStills(() => import("../../js/inspect/gif-stills.lazy.ts"));

export * from "../../js/compare/index.ts";
