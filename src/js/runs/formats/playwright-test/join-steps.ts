import { asNumber, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { isScreenshot } from "./attached-screenshots.ts";
import type { ResultAttachment } from "./test-result.ts";

/** A screenshot of one element: titles up to 1.52 name its locator, later ones have it beside them. */
const OF_ELEMENT = /^(?:locator|elementHandle)\..*screenshot$/i;

/**
 * Gives attachments the step that names them by their index: the innermost one that is not the attaching itself. The first
 * picture after a step that failed shows the failure; what failed within a step that holds was tried again.
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
      // What hangs on a hook itself is from before the steps in it.
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
