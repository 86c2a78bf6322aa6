import { oneOf, record } from "../js/options/argument-checks.ts";
import { resolveOptions } from "../js/options/resolve-options.ts";
import type { Options } from "../js/public-types.ts";

/** Which results of a test run get a GIF. */
export type ResultFilter = "failed" | "retry" | "always";

/** Options of the reporter; everything is optional. */
export type GifReporterOptions = {
  /**
   * `"failed"` (default): each try that did not end as expected. `"retry"`: each try of a test after the first, whether it
   * failed or not. `"always"`: each try.
   */
  when?: ResultFilter;
  /**
   * Content of captions: `"titles"` (default) leaves out typed text, `"all"` shows it. Text that was typed into a password field is
   * never shown.
   */
  captionsOf?: "titles" | "all";
  /** Options of `assembleGif`; here `captions` and `clickMarkers` are on by default, and `minFrames` is 1. */
  gif?: Options;
};

/** Options with every default in place. */
export type ResolvedReporterOptions = Required<GifReporterOptions>;

/** Options that Playwright adds for every reporter: `configDir`, and in some versions private ones. */
const OF_PLAYWRIGHT = /^(?:configDir|_.*)$/;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws `TypeError` for invalid options: Playwright then stops before the first test.
 */
export function resolveReporterOptions(options: GifReporterOptions): ResolvedReporterOptions {
  const theirs = Object.keys(options).filter((name) => OF_PLAYWRIGHT.test(name));
  record(options, "options of task-gif/playwright", ["when", "captionsOf", "gif"], theirs);
  const { when = "failed", captionsOf = "titles", gif = {} } = options;
  resolveOptions(gif);
  return {
    when: oneOf(when, "options.when", ["failed", "retry", "always"]),
    captionsOf: oneOf(captionsOf, "options.captionsOf", ["titles", "all"]),
    gif: { captions: true, clickMarkers: true, minFrames: 1, ...gif },
  };
}
