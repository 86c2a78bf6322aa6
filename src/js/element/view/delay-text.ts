import type { DelayParts } from "../../public-types.ts";
import type { Labels } from "./labels.ts";

/** Below this a part rounds to nothing. */
const LEAST_MS = 50;

/** How long a step stays and why, such as "Stays 4.3 s: 0.9 base + 1.7 change"; empty where the reason is not known. */
export function delayText(labels: Labels, stayMs: number, delay: DelayParts | undefined): string {
  if (!delay) return "";
  const {
    baseMs = 0,
    areaMs = 0,
    detailMs = 0,
    captionMs = 0,
    heldMs = 0,
    tempoMs = 0,
    endsMs = 0,
    clampMs = 0,
  } = delay;
  const { base, change, caption, held, tempo, ends, clamp, explicit } = labels.delayParts;
  const parts: [ms: number, name: string][] = [
    [baseMs, base],
    [areaMs + detailMs, change],
    [captionMs, caption],
    [heldMs, held],
    [tempoMs, tempo],
    [endsMs, ends],
    [clampMs, clamp],
  ];
  let why = delay.explicitMs === undefined ? "" : explicit;
  for (const [ms, name] of why ? [] : parts) {
    if (Math.abs(ms) < LEAST_MS) continue;
    const sign = ms < 0 ? " \u2212 " : why === "" ? "" : " + ";
    why += `${sign}${seconds(Math.abs(ms))} ${name}`;
  }
  return labels.stays(seconds(stayMs), why.trim());
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
