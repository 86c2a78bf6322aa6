import type { ReplayScreenshot } from "../replay/screenshot.ts";

/** The user's edits of a replay, by the numbers of the steps. */
export type StepEdits = {
  /** Steps that are left out. */
  readonly off: ReadonlySet<number>;
  readonly captions: ReadonlyMap<number, string>;
  /** How long a step stays, in ms. */
  readonly delays: ReadonlyMap<number, number>;
};

/** Edits that change nothing. */
export const NO_EDITS: StepEdits = { off: new Set(), captions: new Map(), delays: new Map() };

/** Shortest and longest time of a step in ms: those of the option `delayMs` of the library. */
const [LEAST_MS, MOST_MS] = [20, 86_400_000];
const MOST_TEXT = 500;

/** Whether anything is changed. */
export const hasEdits = ({ off, captions, delays }: StepEdits) => off.size + captions.size + delays.size > 0;

/** The edits of one step. */
export type StepEdit = { isOff?: boolean; caption?: string; delayMs?: number };

/** Returns the edits of the step with this number. */
export function editOf({ off, captions, delays }: StepEdits, number: number): StepEdit {
  const [caption, delayMs] = [captions.get(number), delays.get(number)];
  return {
    ...(off.has(number) && { isOff: true }),
    ...(caption !== undefined && { caption }),
    ...(delayMs !== undefined && { delayMs }),
  };
}

/** Combines the edits of single steps, numbered from 1. */
export function editsOf(steps: readonly StepEdit[]): StepEdits {
  return steps.reduce<StepEdits>((edits, { isOff = false, caption, delayMs }, i) => {
    const number = i + 1;
    return withDelay(withCaption(withStep(edits, number, !isOff), number, caption), number, delayMs);
  }, NO_EDITS);
}

/** Returns the edits with one step left out or shown. */
export function withStep(edits: StepEdits, number: number, isShown: boolean): StepEdits {
  const off = new Set(edits.off);
  if (isShown) off.delete(number);
  else off.add(number);
  return { ...edits, off };
}

/** Returns the edits with another caption of a step; `undefined` restores its own. */
export function withCaption(edits: StepEdits, number: number, caption: string | undefined): StepEdits {
  return { ...edits, captions: withEntry(edits.captions, number, caption?.slice(0, MOST_TEXT)) };
}

/**
 * Returns the edits with another time of a step in ms, limited to the valid range; `undefined` restores the computed
 * time.
 */
export function withDelay(edits: StepEdits, number: number, ms: number | undefined): StepEdits {
  const within = ms === undefined ? undefined : Math.min(Math.max(Math.round(ms), LEAST_MS), MOST_MS);
  return { ...edits, delays: withEntry(edits.delays, number, within) };
}

function withEntry<Value>(map: ReadonlyMap<number, Value>, number: number, value: Value | undefined) {
  const next = new Map(map);
  if (value === undefined) next.delete(number);
  else next.set(number, value);
  return next;
}

/** Applies edits to screenshots. */
export function editedScreenshots(items: ReplayScreenshot[], { captions, delays }: StepEdits): ReplayScreenshot[] {
  return items.map((item) => {
    const [caption, delayMs] = [captions.get(item.number), delays.get(item.number)];
    if (caption === undefined && delayMs === undefined) return item;
    const { caption: own, ...about } = item.about;
    const shown = caption ?? own;
    // Without a caption, the step gets no time to read it.
    const edited = { ...about, ...(shown && { caption: shown }), ...(delayMs !== undefined && { delayMs }) };
    return { ...item, about: edited };
  });
}

/** Returns the numbers of the shown steps; `undefined` if all are shown. */
export function shownSteps(items: readonly ReplayScreenshot[], { off }: StepEdits): number[] | undefined {
  const shown = items.map(({ number }) => number).filter((number) => !off.has(number));
  return shown.length === items.length ? undefined : shown;
}

/** Encodes edits as the query of a link: `off=2,5&c3=Another+caption&t3=1500`. */
export function toQuery({ off, captions, delays }: StepEdits): string {
  const query = new URLSearchParams();
  if (off.size > 0) query.set("off", [...off].sort((a, b) => a - b).join(","));
  for (const [number, caption] of captions) query.set(`c${number}`, caption);
  for (const [number, ms] of delays) query.set(`t${number}`, String(ms));
  return query.toString();
}

/** Decodes such a query; unknown parts are ignored. */
export function fromQuery(text: string): StepEdits {
  let edits = NO_EDITS;
  for (const [name, value] of new URLSearchParams(text)) {
    const number = Number(/^[ct](\d{1,6})$/.exec(name)?.[1]);
    if (name === "off") {
      for (const each of value.split(",")) if (/^\d{1,6}$/.test(each)) edits = withStep(edits, Number(each), false);
    } else if (Number.isNaN(number)) {
    } else if (name.startsWith("c")) {
      edits = withCaption(edits, number, value);
    } else if (/^\d{1,8}$/.test(value)) {
      edits = withDelay(edits, number, Number(value));
    }
  }
  return edits;
}
