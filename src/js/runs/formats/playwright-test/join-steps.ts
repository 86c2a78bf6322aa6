import { asNumber, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { isScreenshot } from "./attached-screenshots.ts";
import type { ResultAttachment } from "./test-result.ts";

/** Title of a step that takes a screenshot of one element: up to 1.52 with the locator, which is a separate field later. */
const OF_ELEMENT = /^(?:locator|elementHandle)\..*screenshot$/i;

/**
 * Assigns to each attachment the step that refers to it by index: the innermost one except the step "attach" itself.
 * The first picture after a failed step shows the failure. A failure within a step that passed does not count: it was
 * retried.
 */
export function joinSteps(attachments: ResultAttachment[], result: Json): ResultAttachment[] {
  let isFailureUnseen = false;
  let isOfElement = false;
  const walk = (step: Json, parent: Json | undefined) => {
    const inner = asObjects(step.steps);
    const isFailed = step.error !== undefined && !inner.some(({ error }) => error !== undefined);
    for (const index of Array.isArray(step.attachments) ? step.attachments : []) {
      const attachment = attachments[asNumber(index) ?? -1];
      const named = isAttaching(step) ? parent : step;
      const startMs = asTimestamp(step.startTime);
      if (!attachment || attachment.step) continue;
      // Attachments of a hook itself come before its steps.
      const innerMs = named === step ? asTimestamp(inner[0]?.startTime) : undefined;
      const atMs = innerMs ?? (startMs === undefined ? undefined : startMs + (asNumber(step.duration) ?? 0));
      const isSeen = isScreenshot(attachment) && (isFailureUnseen || isFailed);
      const title = asText(named?.title) ?? "";
      attachment.step = { title, ...(atMs !== undefined && { atMs }), failed: isSeen, isOfElement };
      if (isSeen) isFailureUnseen = false;
    }
    isOfElement = isElementScreenshot(step);
    const wasUnseen = isFailureUnseen;
    for (const it of inner) walk(it, step);
    if (inner.length > 0 && step.error === undefined) isFailureUnseen &&= wasUnseen;
    const isShown = Array.isArray(step.attachments) && step.attachments.length > 0 && isFailed;
    if (isFailed && !isShown) isFailureUnseen = true;
  };
  for (const step of asObjects(result.steps)) walk(step, undefined);
  return attachments;
}

const isAttaching = (step: Json) => /^(?:Attach |attach ")/.test(asText(step.title) ?? "");

/** Whether a step took a picture of one element. */
export function isElementScreenshot({ title, subtitle }: { title?: unknown; subtitle?: unknown }): boolean {
  const text = asText(title) ?? "";
  return OF_ELEMENT.test(text) || (text === "Screenshot" && asText(subtitle) !== undefined);
}
