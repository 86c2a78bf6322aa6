import { asObjects, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import {
  type AllurePicture,
  type AllureStep,
  hasPictures,
  isCapture,
  stepOf,
  withPlacedAttachments,
} from "./allure-tree.ts";

/** The frames of a result, with warnings about uncertain facts. */
export type AllureFrames = {
  frames: ReportFrame[];
  /** Whether the record lacks the order of some pictures. */
  isOrderGuessed: boolean;
  /** Whether a step failed and no picture shows it. */
  isFailureUnseen: boolean;
};

/** Generic names of attachments, which make no caption. */
const GENERIC = /^(?:screenshot|image|picture|attachment|page|capture)?(?:[-_ .]?\d+)?(?:\.(?:png|jpe?g|webp))?$/i;
/** Names of hooks and fixtures around a test: they are no steps of it. */
const HOOK = /^(?:before hooks|after hooks|worker cleanup|fixture[: ])/i;
/** Captions for WebDriver commands, which are the steps of WebdriverIO. Other commands keep their name. */
const COMMANDS: { readonly [name: string]: string } = {
  navigateTo: "Open a page",
  elementClick: "Click",
  elementSendKeys: "Type",
  elementClear: "Clear a field",
  performActions: "Use pointer or keys",
};
/** WebDriver commands that query the page and change nothing. */
const QUERY = /^(?:find|get|is)(?:[A-Z]\w*)+$/;
/**
 * Tolerance in ms for the modification time of an attachment, before or after its test: clocks and disks are not exact.
 */
const TOLERANCE_MS = 50;

/**
 * Returns the pictures of a result in the order of its step tree, with those of its fixtures before and after.
 *
 * @param modifiedMs The time at which the file of an attachment was written. It orders the attachments and substeps of a
 * step, whose order the record does not contain.
 */
export function allureFrames(
  result: Json,
  befores: readonly Json[],
  afters: readonly Json[],
  modifiedMs: (source: string) => number | undefined,
): AllureFrames {
  const isPlaywright = asObjects(result.labels).some(
    ({ name, value }) => name === "framework" && asString(value).toLowerCase() === "playwright",
  );
  const plain = stepOf(result);
  const { test, isOrderKnown } = isPlaywright ? withPlacedAttachments(plain) : { test: plain, isOrderKnown: true };
  const walk = new Walk(test, modifiedMs);
  for (const before of befores) walk.enter(stepOf(before), true);
  walk.enter(test);
  walk.endTest();
  for (const after of afters) walk.enter(stepOf(after), true);
  return {
    frames: walk.finish(),
    isOrderGuessed: !isOrderKnown || walk.isOrderGuessed,
    isFailureUnseen: test.hasFailed && !walk.hasFailedFrame,
  };
}

/** Collects the frames of a test on one walk through its steps. */
class Walk {
  isOrderGuessed = false;
  hasFailedFrame = false;
  readonly #frames: ReportFrame[] = [];
  /** The last frame taken after a step had failed. */
  #lastAfterFailure: ReportFrame | undefined;
  #hasFailedStep = false;
  /** Caption of the last action of the test. */
  #lastAct: string | undefined;

  constructor(
    readonly test: AllureStep,
    readonly modifiedMs: (source: string) => number | undefined,
  ) {}

  /** Adds the pictures of a step and of the steps in it. Hooks and fixtures set no caption. */
  enter(step: AllureStep, isInHook = false): void {
    const isHook = isInHook || HOOK.test(step.name);
    const early = this.#earlyPictures(step);
    for (const child of step.children) {
      for (const picture of early.get(child) ?? []) this.#addOwn(picture, step, isHook);
      if (!child.isHolder) this.enter(child, isHook);
      else for (const picture of child.pictures) this.#addHeld(picture, child, step);
    }
    const isAct = step !== this.test && !isHook && !isCapture(step) && !QUERY.test(step.name);
    if (isAct) this.#lastAct = COMMANDS[step.name] ?? step.name;
    const before = new Set([...early.values()].flat());
    for (const picture of step.pictures) if (!before.has(picture)) this.#addOwn(picture, step, isHook);
    if (step.hasFailed && step !== this.test) this.#hasFailedStep = true;
  }

  /** Marks the end of the test: pictures of later fixtures do not show its failure. */
  endTest(): void {
    this.#hasFailedStep ||= this.test.hasFailed;
  }

  /** Returns the frames. If a failed step has no picture, the first one after it shows the failure. */
  finish(): ReportFrame[] {
    if (this.test.hasFailed && !this.hasFailedFrame && this.#lastAfterFailure) {
      this.#lastAfterFailure.failed = true;
      this.hasFailedFrame = true;
    }
    return this.#frames;
  }

  /** Groups the step's own pictures by the child step before which they were written. */
  #earlyPictures(step: AllureStep): Map<AllureStep, AllurePicture[]> {
    const early = new Map<AllureStep, AllurePicture[]>();
    if (step.pictures.length === 0 || step.children.length === 0) return early;
    const times = step.pictures.map(({ source }) => this.modifiedMs(source));
    if (!times.every((ms) => isDuring(ms, step))) {
      this.isOrderGuessed ||= step.children.some(hasPictures);
      return early;
    }
    for (const [i, picture] of step.pictures.entries()) {
      const next = step.children.find(({ startMs }) => startMs !== undefined && times[i]! <= startMs);
      if (next) early.set(next, [...(early.get(next) ?? []), picture]);
    }
    return early;
  }

  /** Adds a picture attached to a step. */
  #addOwn({ name, source }: AllurePicture, step: AllureStep, isHook: boolean): void {
    const isNamed = !GENERIC.test(name);
    let caption = this.#lastAct;
    if (step === this.test || isHook) caption = isNamed ? name : caption;
    else if (!isCapture(step)) caption = step.pictures.length > 1 && isNamed ? `${step.name}: ${name}` : step.name;
    this.#add(source, caption, step.stopMs, step);
  }

  /** Adds a picture in a holder. It belongs to the step around it; directly in the test, it is a frame of its own. */
  #addHeld({ name, source }: AllurePicture, { startMs }: AllureStep, step: AllureStep): void {
    const isNamed = !GENERIC.test(name);
    const isOne = step.children.filter((child) => child.isHolder && hasPictures(child)).length === 1;
    let caption: string | undefined = isOne || !isNamed ? step.name : `${step.name}: ${name}`;
    if (step === this.test) caption = isNamed ? name : this.#lastAct;
    const isLate = startMs === undefined || (step !== this.test && startMs > (step.stopMs ?? Infinity));
    this.#add(source, caption, isLate ? step.stopMs : startMs, step);
  }

  #add(reference: string, caption: string | undefined, atMs: number | undefined, step: AllureStep): void {
    const isFailed = step !== this.test && step.hasFailed;
    const frame: ReportFrame = { reference, caption: caption || undefined, atMs, ...(isFailed && { failed: true }) };
    this.#frames.push(frame);
    this.hasFailedFrame ||= isFailed;
    if (this.#hasFailedStep || /fail|error/i.test(caption ?? "")) this.#lastAfterFailure = frame;
  }
}

function isDuring(ms: number | undefined, { startMs, stopMs }: AllureStep): ms is number {
  if (ms === undefined || startMs === undefined || stopMs === undefined) return false;
  return ms >= startMs - TOLERANCE_MS && ms <= stopMs + TOLERANCE_MS;
}
