import type { EmbeddedStep } from "../../inspect/gif-info.ts";
import type { DelayParts } from "../../public-types.ts";
import type { TaskGifStep } from "../element-types.ts";
import type { TimedStep } from "./replay.ts";

/** The sources of frames and steps. */
type StepSources = {
  startsMs: readonly number[];
  durationMs: number;
  /** Steps in the file itself. */
  embedded: readonly EmbeddedStep[];
  /** Steps from the property `steps` or from the screenshots. */
  steps?: readonly TaskGifStep[] | undefined;
  /** Indices of the screenshots that each frame begins to show, if the GIF was made here. */
  sources?: readonly (readonly number[])[] | undefined;
  /** Delay parts of each frame by its start time, if the GIF was made here. */
  delays?: readonly { startMs: number; delay: DelayParts | undefined }[];
};

/**
 * Returns the steps of a replay in order. The frame of a step is its own `frame`, or known from the assembly, or its
 * position if there are as many steps as frames. Without any steps, every frame is one.
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
    const beginsMs = startsMs[frame]!;
    const endsMs = next === undefined ? durationMs : startsMs[next]!;
    const delay = sharing === 1 ? sumOf(delays.filter(({ startMs }) => startMs >= beginsMs && startMs < endsMs)) : null;
    return {
      startMs: beginsMs + ((endsMs - beginsMs) * (place - first)) / sharing,
      frame,
      number: areGood ? number! : place + 1,
      caption,
      ...(url !== undefined && { url }),
      ...(timestampMs !== undefined && { timestampMs }),
      ...(delay && { delay }),
    };
  });
}

/** Adds the delay parts of all frames of one step, such as the whole page and a close-up. */
function sumOf(frames: readonly { delay: DelayParts | undefined }[]): DelayParts | undefined {
  if (frames.length === 0 || frames.some(({ delay }) => !delay)) return undefined;
  const sum: Record<string, number> = {};
  for (const { delay } of frames) {
    for (const [part, ms] of Object.entries(delay!)) sum[part] = (sum[part] ?? 0) + ms;
  }
  return sum;
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
