import { asNumber, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { plainError } from "../../reports/report-frames.ts";

/** A step of a result; the root is the result itself. */
export type AllureStep = {
  name: string;
  hasFailed: boolean;
  startMs: number | undefined;
  stopMs: number | undefined;
  /** Steps, and holders of attachments, in order. */
  children: AllureStep[];
  /** Pictures that are attached to the step itself. */
  pictures: AllurePicture[];
  /** Whether it is no step but the holder of one attachment: adapters of allure-js write one for each. */
  isHolder: boolean;
};

/** An attached picture: its name and its file. */
export type AllurePicture = { name: string; source: string };

/** Names of the attachments that Playwright adds itself at the end of a test. */
const AUTOMATIC = /^screenshot$|^test-(?:finished|failed)-\d+/;
/**
 * Playwright's own step for the attaching of a file, in versions 1.50 and later; allure-playwright drops it from 3.4
 * on.
 */
const ATTACH = /^attach "(.*)"$/i;

/** Whether a status of Allure is a failure: of an assertion ("failed"), or by any other error ("broken"). */
export const hasFailed = (status: unknown): boolean => status === "failed" || status === "broken";

/** Parses a step in the form that the adapters write. */
export function stepOf(json: Json): AllureStep {
  const attachments = asObjects(json.attachments);
  const children = asObjects(json.steps).map(stepOf);
  return {
    name: plainError(asText(json.name)) ?? "",
    hasFailed: hasFailed(json.status),
    startMs: asNumber(json.start),
    stopMs: asNumber(json.stop),
    children,
    pictures: attachments.flatMap(pictureOf),
    isHolder: json.status === undefined && children.length === 0 && attachments.some(({ name }) => name === json.name),
  };
}

function pictureOf(attachment: Json): AllurePicture[] {
  const source = asText(attachment.source);
  if (source === undefined) return [];
  const isImage = /^image\/(?!svg)/i.test(asText(attachment.type) ?? "") || /\.(?:png|jpe?g|webp|gif)$/i.test(source);
  return isImage ? [{ name: asText(attachment.name) ?? "", source }] : [];
}

/** Whether a step takes a screenshot: the name is that of a call of Playwright, WebdriverIO or Selenium. */
export const isCapture = ({ name, isHolder }: AllureStep) =>
  !isHolder &&
  (/screenshot(?: of .*)?$|^command:.*screenshot|(?:take|save|get)_?screenshot/i.test(name) || ATTACH.test(name));

/** Whether a step or any step below it has a picture. */
export const hasPictures = ({ pictures, children }: AllureStep): boolean =>
  pictures.length > 0 || children.some(hasPictures);

/**
 * Moves attachments to the steps that made them. allure-playwright lists the attachments of a test after all its steps,
 * up to 3.0 also those of steps. They are moved to the step `Attach "name"`, or else after the steps that took a
 * screenshot.
 *
 * @returns The changed test, and whether the order of all pictures is known.
 */
export function withPlacedAttachments(test: AllureStep): { test: AllureStep; isOrderKnown: boolean } {
  const own = test.pictures.map(
    (picture): AllureStep => ({ ...stepOf({ name: picture.name }), pictures: [picture], isHolder: true }),
  );
  const late = [...test.children.filter(({ isHolder }) => isHolder), ...own].filter(hasPictures);
  const places = placesOf(test, late);
  const rest = late.filter((holder) => !places.has(holder));
  const holderAt = new Map([...places].map(([holder, step]) => [step, holder]));
  const steps = { ...test, pictures: [], children: test.children.filter(({ isHolder }) => !isHolder) };
  const isOrderKnown = rest.every(({ name }) => AUTOMATIC.test(name)) || !steps.children.some(hasPictures);
  const placed = insertHolders(steps, holderAt);
  return { test: { ...placed, children: [...placed.children, ...rest] }, isOrderKnown };
}

/** Maps each attachment to the step after which it belongs, as far as that is known. */
function placesOf(test: AllureStep, late: readonly AllureStep[]): Map<AllureStep, AllureStep> {
  const places = new Map<AllureStep, AllureStep>();
  const attaches = descendants(test).filter(({ name }) => ATTACH.test(name));
  for (const step of attaches) {
    const name = ATTACH.exec(step.name)![1];
    const holder = late.find((holder) => holder.name === name && !places.has(holder));
    if (holder) places.set(holder, step);
  }
  if (attaches.length > 0) return places;
  const captures = test.children.filter(isCapture);
  const made = late.filter(({ name }) => !AUTOMATIC.test(name));
  if (captures.length === made.length) for (const [i, step] of captures.entries()) places.set(made[i]!, step);
  return places;
}

function descendants(step: AllureStep): AllureStep[] {
  return step.children.flatMap((child) => [child, ...descendants(child)]);
}

function insertHolders(step: AllureStep, holderAt: ReadonlyMap<AllureStep, AllureStep>): AllureStep {
  const children = step.children.flatMap((child) => {
    const holder = holderAt.get(child);
    const copy = insertHolders(child, holderAt);
    return holder ? [copy, { ...holder, startMs: child.stopMs }] : [copy];
  });
  return { ...step, children };
}
