import { isNewTab, PLACEHOLDER } from "../sources/new-tab-page.ts";
import type { RecordStep } from "./task-record.ts";

/** A step that has something to show. */
export type ShownStep = RecordStep & { picture: string };

/** The steps that have something to show. */
export function shownSteps(steps: readonly RecordStep[], skipBlank: boolean): ShownStep[] {
  return steps.filter((step): step is ShownStep => step.picture !== undefined && !(skipBlank && isBlank(step)));
}

function isBlank({ url, picture }: RecordStep): boolean {
  return isNewTab({ url }) || picture!.replace(/^data:[^,]*,/i, "") === PLACEHOLDER;
}
