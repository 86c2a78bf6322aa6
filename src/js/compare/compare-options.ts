import {
  boolean,
  integer,
  number,
  type OptionRow,
  type Resolved,
  range,
  readRows,
  record,
  reject,
} from "../options/argument-checks.ts";
import { OPTIONS } from "../options/option-table.ts";
import type { Options } from "../public-types.ts";
import type { CompareOptions, ComparisonOptions } from "./run-comparison.ts";

/** Options of `assembleGif` that comparisons do not have: they concern single screenshots, or the layout decides. */
const NOT_OF_PAIRS: readonly string[] = [
  "camera",
  "clickMarkers",
  "fit",
  "height",
  "onBadFrame",
  "onlyFailed",
  "scale",
  "skipBlank",
  "steps",
] satisfies (keyof Options)[];

/** The options of `assembleGif` that a comparison also has. */
export const COMPARISON_OPTIONS: readonly string[] = Object.keys(OPTIONS).filter(
  (name) => !NOT_OF_PAIRS.includes(name),
);

const TABLE = {
  pictures: [true, boolean],
  tolerance: [16, range(integer, 0, 255)],
  maxDiffPixelRatio: [0, range(number, 0, 1)],
  limits: OPTIONS.limits,
  signal: OPTIONS.signal,
  background: OPTIONS.background,
} as const satisfies Record<string, OptionRow>;

/** Validated options of a comparison, with defaults. */
export type ResolvedCompareOptions = Resolved<typeof TABLE>;

const NAMES = Object.keys(TABLE).filter((name) => name !== "background");

/** Checks the options of `compareRuns`. @throws `TypeError` that names the option. */
export function resolveCompareOptions(options: CompareOptions = {}): ResolvedCompareOptions {
  return readRows(TABLE, record(options, "options", NAMES), (name) => `options.${name}`);
}

/** Validated options of `assembleComparison`. */
export type ResolvedComparisonOptions = ResolvedCompareOptions & {
  labels: readonly [string, string] | undefined;
  onlyDifferent: boolean;
  /** Options of the assembly, which `assembleGif` checks. */
  assembly: Options;
};

/** Checks the options of `assembleComparison`. @throws `TypeError` that names the option. */
export function resolveComparisonOptions(options: ComparisonOptions = {}): ResolvedComparisonOptions {
  const own = ["labels", "onlyDifferent", "tolerance", "maxDiffPixelRatio"];
  const given = record(options, "options", [...own, ...COMPARISON_OPTIONS]);
  const assembly = Object.fromEntries(Object.entries(given).filter(([name]) => !own.includes(name)));
  return {
    ...readRows(TABLE, { ...given, pictures: true }, (name) => `options.${name}`),
    labels: given.labels === undefined ? undefined : labelsOf(given.labels),
    onlyDifferent: given.onlyDifferent === undefined ? false : boolean(given.onlyDifferent, "options.onlyDifferent"),
    assembly: { captions: true, ...assembly } as Options,
  };
}

function labelsOf(value: unknown): readonly [string, string] {
  const isPair = Array.isArray(value) && value.length === 2 && value.every((label) => typeof label === "string");
  return isPair ? (value as [string, string]) : reject("options.labels", "two texts", value);
}
