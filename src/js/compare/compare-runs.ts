import { mapInOrder } from "../client/map-in-order.ts";
import type { Step } from "../public-types.ts";
import { TaskGifError, withCallSite } from "../task-gif-error.ts";
import type { ScreenshotComparison } from "../wasm-types.ts";
import { alignSteps } from "./align-steps.ts";
import { type ResolvedCompareOptions, resolveCompareOptions } from "./compare-options.ts";
import { OpenedRun } from "./opened-run.ts";
import type {
  AlignedPair,
  ComparedPair,
  ComparedRun,
  CompareOptions,
  RunComparison,
  StepChange,
} from "./run-comparison.ts";
import { ScreenshotComparer } from "./screenshot-comparer.ts";
import { addressOf } from "./step-similarity.ts";

/**
 * Compares two runs: aligns their steps by captions, addresses and numbers, and reports for each pair whether it is the same,
 * changed, or in one run only. Screenshots are compared pixel by pixel; areas redacted in both count as equal.
 *
 * @throws `TypeError` for wrong arguments, `TaskGifError` for screenshots that cannot be read; an aborted call rejects with
 * the reason of its signal.
 */
export async function compareRuns(a: ComparedRun, b: ComparedRun, options?: CompareOptions): Promise<RunComparison> {
  const call = new Error();
  const resolved = resolveCompareOptions(options);
  const { signal, pictures } = resolved;
  signal?.throwIfAborted();
  const runs = [OpenedRun.of(a, "A"), OpenedRun.of(b, "B")] as const;
  if (!pictures) return comparisonOf(alignRuns(runs).map((pair) => judged(pair, runs, resolved)));
  const comparer = new ScreenshotComparer(Math.max(runs[0].steps.length, runs[1].steps.length), signal);
  try {
    for (const run of runs) await run.read(signal);
    return comparisonOf(await comparePairs(runs, comparer, resolved));
  } catch (error) {
    throw withCallSite(error, call);
  } finally {
    comparer.close();
  }
}

/** Two runs whose screenshots are validated. */
export type OpenedRuns = readonly [OpenedRun, OpenedRun];

/** Compares the pairs of two runs. The screenshots must have been read. */
export async function comparePairs(
  runs: OpenedRuns,
  comparer: ScreenshotComparer,
  options: ResolvedCompareOptions,
): Promise<ComparedPair[]> {
  const compare = async (pair: AlignedPair): Promise<ComparedPair> => {
    if (pair.a === undefined || pair.b === undefined) return judged(pair, runs, options);
    return judged(pair, runs, options, await comparePair(pair, runs, comparer, options));
  };
  const compared: ComparedPair[] = [];
  const how = { concurrency: comparer.concurrency, skip: false, signal: options.signal };
  for await (const pair of mapInOrder(alignRuns(runs), compare, how)) compared.push(pair);
  return compared;
}

/** Compares the screenshots of a pair. An error names the run and the screenshot. */
export async function comparePair(
  { a, b }: AlignedPair,
  runs: OpenedRuns,
  comparer: ScreenshotComparer,
  options: Parameters<ScreenshotComparer["compare"]>[2],
): Promise<ScreenshotComparison> {
  const [fileA, fileB] = [a, b].map((place, side) => (place === undefined ? undefined : runs[side]!.files[place]));
  const { tolerance, background, limits, picture } = options;
  try {
    return await comparer.compare(fileA, fileB, { tolerance, background, limits, ...(picture && { picture }) });
  } catch (error) {
    const side = error instanceof TaskGifError ? error.frame : undefined;
    const place = [a, b][side ?? -1];
    throw place === undefined ? error : runs[side!]!.failure(error, place);
  }
}

function alignRuns([a, b]: OpenedRuns): AlignedPair[] {
  return alignSteps(a.steps, b.steps);
}

/** Returns the kinds of differences between two steps, by their data and by the comparison of their screenshots. */
function judged(
  pair: AlignedPair,
  [runA, runB]: OpenedRuns,
  { maxDiffPixelRatio }: Pick<ResolvedCompareOptions, "maxDiffPixelRatio">,
  { difference }: ScreenshotComparison = {},
): ComparedPair {
  if (pair.b === undefined) return { ...pair, outcome: "onlyA", changes: [] };
  if (pair.a === undefined) return { ...pair, outcome: "onlyB", changes: [] };
  const changes = changedFacts(runA.steps[pair.a]!, runB.steps[pair.b]!);
  const diffPixelRatio = difference ? difference.pixels / (difference.width * difference.height) : undefined;
  if (diffPixelRatio !== undefined && diffPixelRatio > maxDiffPixelRatio) changes.push("picture");
  return {
    ...pair,
    outcome: changes.length > 0 ? "changed" : "same",
    changes,
    ...(difference && diffPixelRatio !== undefined && { diffPixelRatio, regions: difference.regions }),
  };
}

function changedFacts(a: Step, b: Step): StepChange[] {
  const changes: StepChange[] = [];
  if ((a.caption ?? "") !== (b.caption ?? "")) changes.push("caption");
  if ((addressOf(a.url) ?? "") !== (addressOf(b.url) ?? "")) changes.push("url");
  if ((a.failed ?? false) !== (b.failed ?? false)) changes.push("status");
  return changes;
}

/** Returns the pairs with the number of each kind. */
export function comparisonOf(pairs: ComparedPair[]): RunComparison {
  const count = (outcome: ComparedPair["outcome"]) => pairs.filter((pair) => pair.outcome === outcome).length;
  return { pairs, same: count("same"), changed: count("changed"), onlyA: count("onlyA"), onlyB: count("onlyB") };
}
