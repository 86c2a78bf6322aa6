import type { DelayParts } from "task-gif";
import { formatSeconds } from "../ui/format.ts";

/** Below this a part rounds to nothing. */
const LEAST_MS = 50;

/** What a frame's time is made of, in words: `0.8 base + 0.7 change + 0.6 caption`. Empty where it is not known. */
export function delayWords(delay: DelayParts | undefined): string {
  if (!delay) return "";
  if (delay.explicitMs !== undefined) return "as it was set";
  const {
    baseMs = 0,
    areaMs = 0,
    detailMs = 0,
    captionMs = 0,
    heldMs = 0,
    tempoMs = 0,
    endsMs = 0,
    clampMs = 0,
    lengthMs = 0,
    cameraMs = 0,
  } = delay;
  const parts: [ms: number, name: string][] = [
    [baseMs, "base"],
    [areaMs + detailMs, "change"],
    [captionMs, "caption"],
    [heldMs, "same again"],
    [tempoMs, "pace of the task"],
    [endsMs, "first or last"],
    [clampMs, "limit"],
    [lengthMs, "length"],
    [cameraMs, "whole page"],
  ];
  let text = "";
  for (const [ms, name] of parts) {
    if (Math.abs(ms) < LEAST_MS) continue;
    const sign = ms < 0 ? " − " : text === "" ? "" : " + ";
    text += `${sign}${formatSeconds(Math.abs(ms))} ${name}`;
  }
  return text.trim();
}
