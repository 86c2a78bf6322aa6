import { assembleGif } from "../api/assemble-gif.ts";
import { enclosingSize, type Size } from "../frame.ts";
import { resolveOptions } from "../options/resolve-options.ts";
import type { DescribedScreenshot } from "../public-types.ts";
import { TaskGifError, withCallSite } from "../task-gif-error.ts";
import { resolveComparisonOptions } from "./compare-options.ts";
import { comparePair, comparePairs, comparisonOf, type OpenedRuns } from "./compare-runs.ts";
import { OpenedRun } from "./opened-run.ts";
import { PairPainter } from "./pair-painter.ts";
import type { ComparedPair, ComparedRun, ComparisonGif, ComparisonOptions } from "./run-comparison.ts";
import { ScreenshotComparer } from "./screenshot-comparer.ts";

/**
 * Assembles a GIF of two runs side by side: one frame for each aligned pair of steps, with labels above both screenshots
 * and boxes around the differences. The result also has the pairs and their differences.
 *
 * @throws `TypeError` for wrong arguments, `TaskGifError` for everything else, such as `NO_DIFFERENCE` if only different
 * steps are requested and there are none. An aborted call rejects with the reason of its signal.
 */
export async function assembleComparison(
  a: ComparedRun,
  b: ComparedRun,
  options?: ComparisonOptions,
): Promise<ComparisonGif> {
  const call = new Error();
  const resolved = resolveComparisonOptions(options);
  const assembly = resolveOptions(resolved.assembly); // wrong options are refused before anything is read
  const { signal, onlyDifferent } = resolved;
  signal?.throwIfAborted();
  const runs = [OpenedRun.of(a, "A"), OpenedRun.of(b, "B")] as const;
  const labels = resolved.labels ?? namesOf(runs);
  const comparer = new ScreenshotComparer(Math.max(runs[0].steps.length, runs[1].steps.length), signal);
  try {
    for (const run of runs) await run.read(signal);
    const largest = await largestOf(runs, comparer);
    const painter = await PairPainter.open(largest, labels, assembly);
    const pairs = await comparePairs(runs, comparer, resolved);
    const shown = onlyDifferent ? pairs.filter(({ outcome }) => outcome !== "same") : pairs;
    if (shown.length === 0) {
      throw new TaskGifError("NO_DIFFERENCE", `all ${pairs.length} steps are the same in both runs`);
    }
    const screenshots = shown.map((pair, i): DescribedScreenshot => {
      const image = async () => {
        const drawn = await comparePair(pair, runs, comparer, { ...resolved, picture: painter.pictureOf(pair) });
        return painter.toPng(drawn.picture!);
      };
      return { ...describePair(pair, runs, labels), image, number: i + 1, keepOrder: true };
    });
    const { width } = painter;
    const gif = await assembleGif(screenshots, { minFrames: 1, ...resolved.assembly, width, skipBlank: false });
    return { gif, shown, ...comparisonOf(pairs) };
  } catch (error) {
    throw withCallSite(error, call);
  } finally {
    comparer.close();
  }
}

/** Returns the names of two runs, or `A` and `B` unless both have a name and the names differ. */
function namesOf([a, b]: OpenedRuns): readonly [string, string] {
  return a.name && b.name && a.name !== b.name ? [a.name, b.name] : ["A", "B"];
}

/** Returns the largest width and height of all screenshots. */
async function largestOf(runs: OpenedRuns, comparer: ScreenshotComparer): Promise<Size> {
  let largest: Size | undefined;
  for (const run of runs) {
    const sizes = run.files.map((file, place) =>
      comparer.sizeOf(file).catch((error: unknown) => Promise.reject(run.failure(error, place))),
    );
    for (const size of await Promise.all(sizes)) largest = enclosingSize(largest, size);
  }
  if (!largest) throw new TaskGifError("TOO_FEW_SCREENSHOTS", "neither run has a screenshot; at least one is needed");
  return largest;
}

/** Returns the step of a pair. If the captions differ, it has both. */
function describePair(
  { a, b }: ComparedPair,
  runs: OpenedRuns,
  labels: readonly [string, string],
): Omit<DescribedScreenshot, "image"> {
  const steps = [a, b].map((place, side) => (place === undefined ? undefined : runs[side]!.steps[place]));
  const captions = steps.map((step) => step?.caption);
  const told = captions.flatMap((caption, side) => (caption ? [`${labels[side]}: ${caption}`] : []));
  const isCommon = captions[0] === captions[1] || a === undefined || b === undefined;
  const caption = isCommon ? (captions[0] ?? captions[1]) : told.join("  |  ");
  const url = steps[0]?.url ?? steps[1]?.url;
  const failed = steps.some((step) => step?.failed);
  return { ...(caption && { caption }), ...(url && { url }), ...(failed && { failed }) };
}
