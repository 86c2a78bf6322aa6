import type { Frame } from "../../frame.ts";
import { nextMacrotask } from "../../next-macrotask.ts";
import type { Attempt } from "./attempt.ts";

/** Questions that are posted in one task: each takes its time, as its file goes with it. */
const AT_ONCE = 16;

/** A frame whose size could not be found out, and why. */
export type ProbeFailure = { frame: Frame; error: unknown };

/** Finds out the sizes of frames from the heads of their files, spread over the sessions. Frames of known size are not asked. */
export async function probeSizes(attempt: Attempt, frames: readonly Frame[]): Promise<ProbeFailure[]> {
  const { sessions } = attempt;
  const failures: ProbeFailure[] = [];
  const probe = async (frame: Frame, i: number) => {
    try {
      const session = sessions[i % sessions.length]!;
      const { width, height } = await attempt.ask(session, { type: "probe", source: frame.source });
      frame.size = { width, height };
    } catch (error) {
      failures[i] = { frame, error };
    }
  };
  const probes: Promise<void>[] = [];
  for (const frame of frames.filter(({ size }) => !size)) {
    if (probes.length > 0 && probes.length % AT_ONCE === 0) await nextMacrotask();
    probes.push(probe(frame, probes.length));
  }
  await Promise.all(probes);
  return failures.filter(Boolean);
}
