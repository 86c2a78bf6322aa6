import type { Frame } from "../../frame.ts";
import type { Attempt } from "./attempt.ts";

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
  await Promise.all(frames.filter(({ size }) => !size).map(probe));
  return failures.filter(Boolean);
}
