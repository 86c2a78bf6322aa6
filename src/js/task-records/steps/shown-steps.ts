import { isNewTab } from "../../sources/new-tab-page.ts";
import type { RecordStep } from "../task-record.ts";

/**
 * The white 4 x 4 picture that browser-use records when it has no screenshot. `sources/blank-picture.ts` recognizes others, but has
 * to decode them.
 */
const PLACEHOLDER =
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAFElEQVR4nGP8//8/AwwwMSAB3BwAlm4DBfIlvvkAAAAASUVORK5CYII=";

/** A step with a picture. */
export type ShownStep = RecordStep & { picture: string };

/** Returns the steps with a picture; with `skipBlank`, without new-tab pages and placeholders. */
export function shownSteps(steps: readonly RecordStep[], skipBlank: boolean): ShownStep[] {
  return steps.filter((step): step is ShownStep => step.picture !== undefined && !(skipBlank && isBlank(step)));
}

function isBlank({ url, picture }: RecordStep): boolean {
  return isNewTab({ url }) || picture!.replace(/^data:[^,]*,/i, "") === PLACEHOLDER;
}
