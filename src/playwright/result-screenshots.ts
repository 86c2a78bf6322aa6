import { openAsBlob } from "node:fs";
import type { DescribedScreenshot } from "../js/public-types.ts";
import { attachedScreenshots } from "../js/runs/formats/playwright-test/attached-screenshots.ts";
import { isElementScreenshot } from "../js/runs/formats/playwright-test/join-steps.ts";
import type { ResultAttachment } from "../js/runs/formats/playwright-test/test-result.ts";
import type { ReadRunsOptions } from "../js/runs/read-options.ts";
import { readRunsFrom } from "../js/runs/read-runs.ts";
import type { RunWarning } from "../js/runs/run.ts";
import { fileSources } from "../node/read-folder.ts";
import { markFailure } from "./mark-failure.ts";
import type { Attachment, TestResult, TestStep } from "./reporter-api.ts";

/** The screenshots of a result, and the warnings about its record. */
export type ResultScreenshots = { screenshots: DescribedScreenshot[]; warnings: RunWarning[] };

/**
 * Returns the screenshots of a result: those of its trace, or the attached ones if there are more of them. With `isFailed`, the
 * failed step is marked.
 *
 * @throws `TaskGifError` if the trace is broken and no screenshot is attached.
 */
export async function resultScreenshots(
  result: TestResult,
  isFailed: boolean,
  options: Pick<ReadRunsOptions, "captionsOf">,
): Promise<ResultScreenshots> {
  const own = await attachedTo(result, isFailed);
  const attached = own.screenshots;
  let found: ResultScreenshots = own;
  const trace = result.attachments.find(({ name, path }) => name === "trace" && path !== undefined)?.path;
  if (trace !== undefined) {
    try {
      const [run] = await readRunsFrom(({ limits }) => fileSources(trace, limits), options);
      if (run && run.screenshots.length >= attached.length) found = run;
    } catch (error) {
      if (attached.length === 0) throw error;
    }
  }
  const { screenshots, warnings } = found;
  return { screenshots: isFailed ? markFailure(screenshots, result.errors[0]?.message) : screenshots, warnings };
}

function attachedTo({ attachments, steps }: TestResult, isFailed: boolean): Promise<ResultScreenshots> {
  const stepOf = innermostSteps(steps);
  const own = new Map<ResultAttachment, Attachment>();
  for (const attachment of attachments) {
    const step = stepOf.get(attachment);
    own.set({ name: attachment.name, contentType: attachment.contentType, ...(step && { step }) }, attachment);
  }
  const described = { name: "", retry: 0, attachments: [...own.keys()] };
  return attachedScreenshots(described, isFailed, (attachment) => {
    const { path, body } = own.get(attachment)!;
    return body ?? (path === undefined ? undefined : () => openAsBlob(path));
  });
}

/** Returns the innermost step of each attachment; steps that only add an attachment do not count. */
function innermostSteps(steps: readonly TestStep[]): Map<Attachment, NonNullable<ResultAttachment["step"]>> {
  const found = new Map<Attachment, NonNullable<ResultAttachment["step"]>>();
  let isOfElement = false;
  const walk = (step: TestStep, parent: TestStep | undefined) => {
    const named = step.category === "test.attach" || step.title.startsWith("attach ") ? parent : step;
    for (const attachment of step.attachments ?? []) {
      if (!named) continue;
      const { title, error } = named;
      const atMs = step.startTime.getTime() + step.duration;
      found.set(attachment, { title, atMs, failed: error !== undefined, isOfElement });
    }
    isOfElement = isElementScreenshot(step);
    for (const inner of step.steps) walk(inner, step);
  };
  for (const step of steps) walk(step, undefined);
  return found;
}
