import type { DescribedScreenshot } from "../js/public-types.ts";
import { errorSummary } from "../js/runs/error-summary.ts";

/** Part of the message of an assertion on a value. No action on the page has failed then. */
const VALUE = "expect(received)";

/**
 * Marks the failed step and adds the reason to its caption. If no step failed, but an assertion on a value, the last screenshot
 * marked as failed, or else the last one, shows the page at the time of the failure.
 */
export function markFailure(
  screenshots: readonly DescribedScreenshot[],
  message: string | undefined,
): DescribedScreenshot[] {
  const reason = message === undefined ? undefined : errorSummary(message).split("\n", 1)[0];
  const lastFailed = screenshots.findLastIndex(({ failed }) => failed);
  const at = lastFailed === -1 ? screenshots.length - 1 : lastFailed;
  return screenshots.map((screenshot, i) => {
    const { caption = "", failed = false } = screenshot;
    if (i !== at) return failed ? { ...screenshot, caption: join("Failed", caption) } : screenshot;
    const isStep = failed && !reason?.includes(VALUE);
    const what = isStep ? join("Failed", caption) : join(caption, "then the test failed");
    return { ...screenshot, failed: true, caption: reason ? `${what}. ${reason}` : what };
  });
}

const join = (first: string, second: string) => [first, second].filter((part) => part !== "").join(": ");
