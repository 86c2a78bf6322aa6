import type { Frame } from "../../frame.ts";
import { nextMacrotask } from "../../next-macrotask.ts";
import type { Attempt } from "./attempt.ts";

/** Number of requests posted in one task of the event loop: posting takes time because each includes a file. */
const AT_ONCE = 16;

/** A frame whose size could not be read, and the error. */
export type ProbeFailure = { frame: Frame; error: unknown };

/** Reads the sizes of frames from the heads of their files, distributed over the sessions. Skips frames of known size. */
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
