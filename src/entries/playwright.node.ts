/**
 * A reporter for Playwright Test: `reporter: [["task-gif/playwright"], ["html"]]` gives each failed test a GIF of its steps,
 * in its folder and in the HTML report.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

export { GifReporter, GifReporter as default } from "../playwright/reporter.ts";
export type { GifReporterOptions } from "../playwright/reporter-options.ts";
