import type { EmbeddedStep } from "../../inspect/types.ts";
import type { DelayParts } from "../../public-types.ts";
import type { TaskGifStep } from "../types.ts";
import type { TimedStep } from "./replay.ts";

/** What is known about frames and steps. */
type StepSources = {
  startsMs: readonly number[];
  durationMs: number;
  /** Steps in the file itself. */
  embedded: readonly EmbeddedStep[];
  /** Steps from the property `steps` or from the screenshots. */
  steps?: readonly TaskGifStep[] | undefined;
  /** Places of the screenshots that begin with each frame, if the GIF was made here. */
  sources?: readonly (readonly number[])[] | undefined;
  /** Why each step of the GIF stays so long, by the moments at which they begin, if the GIF was made here. */
  delays?: readonly { startMs: number; delay: DelayParts | undefined }[];
};

/**
 * The steps of a play in order. Which frame shows a step is said by the step, by the assembly, or by its place where
 * there are as many steps as frames; a GIF that nothing is known about has a step for every frame.
 */
export function timedSteps(known: StepSources): TimedStep[] {
  const { startsMs, durationMs, delays = [] } = known;
  const placed = placedSteps(known).sort((a, b) => a.frame - b.frame);
  const numbers = placed.map(({ number }) => number);
  // Numbers that do not ascend would make "step 3 of 2".
  const areGood = numbers.every((number, i) => number !== undefined && number > (numbers[i - 1] ?? -1));
  return placed.map(({ frame, number, caption = "", url, timestampMs }, place) => {
    // Steps that share a frame share its time, up to the next that does not: a frame may be followed by moves of the
    // progress bar, which are frames too.
    const first = placed.findIndex((other) => other.frame === frame);
    const sharing = placed.filter((other) => other.frame === frame).length;
    const next = placed[first + sharing]?.frame;
    const length = (next === undefined ? durationMs : startsMs[next]!) - startsMs[frame]!;
    const delay = sharing === 1 ? delays.find(({ startMs }) => startMs === startsMs[frame])?.delay : undefined;
    return {
      startMs: startsMs[frame]! + (length * (place - first)) / sharing,
      frame,
      number: areGood ? number! : place + 1,
      caption,
      ...(url !== undefined && { url }),
      ...(timestampMs !== undefined && { timestampMs }),
      ...(delay && { delay }),
    };
  });
}

type Placed = TaskGifStep & { frame: number };

function placedSteps({ startsMs, embedded, steps, sources }: StepSources): Placed[] {
  const count = startsMs.length;
  const placed = (steps ?? []).filter((step): step is Placed => isFrame(step.frame, count));
  if (placed.length > 0) return placed;
  if (embedded.length > 0 && !steps) return [...embedded];
  if (sources?.some((shown) => shown.length > 0)) {
    return sources.flatMap((shown, frame) => shown.map((source) => ({ ...steps?.[source], frame })));
  }
  if (embedded.length > 0) return [...embedded];
  const fits = steps?.length === count;
  return startsMs.map((_, frame) => ({ ...(fits && steps[frame]), frame }));
}

function isFrame(frame: number | undefined, count: number): boolean {
  return Number.isInteger(frame) && frame! >= 0 && frame! < count;
}
