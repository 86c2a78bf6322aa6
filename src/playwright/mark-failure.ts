import type { DescribedScreenshot } from "../js/public-types.ts";
import { errorSummary } from "../js/runs/error-summary.ts";

/** How Playwright Test calls what it was given where an assertion is on a value, and no action of the page failed. */
const VALUE = "expect(received)";

/**
 * Says in the captions which step failed and why. Where no step did, as when an assertion on a value did not hold, the
 * screenshot that is marked, or else the last one, is what the page was like when the test failed.
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
