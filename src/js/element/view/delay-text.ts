import type { DelayParts } from "../../public-types.ts";
import type { Labels } from "./labels.ts";

/** Unit of shown times. */
const TENTH_MS = 100;

/**
 * Describes how long a step is shown and why: "Stays 4.3 s: 0.9 base + 3.4 change"; empty if the parts are unknown. The
 * parts are rounded so that they add up to the whole.
 */
export function delayText(labels: Labels, stayMs: number, delay: DelayParts | undefined): string {
  if (!delay) return "";
  const names = labels.delayParts;
  const { areaMs = 0, detailMs = 0 } = delay;
  const parts: [ms: number | undefined, name: string][] = [
    [delay.explicitMs, names.explicit],
    [delay.baseMs, names.base],
    [areaMs + detailMs, names.change],
    [delay.captionMs, names.caption],
    [delay.heldMs, names.held],
    [delay.tempoMs, names.tempo],
    [delay.endsMs, names.ends],
    [delay.clampMs, names.clamp],
    [delay.cameraMs, names.camera],
    [delay.lengthMs, names.length],
  ];
  const total = Math.round(stayMs / TENTH_MS);
  const tenths = roundedTo(
    total,
    parts.map(([ms = 0]) => ms / TENTH_MS),
  );
  const told = parts.flatMap(([, name], i) => (tenths[i] ? { name, tenths: tenths[i] } : []));
  let why = "";
  for (const { name, tenths } of told) {
    const sign = tenths < 0 ? " \u2212 " : why === "" ? "" : " + ";
    why += `${sign}${seconds(Math.abs(tenths))} ${name}`;
  }
  // If the explicit time is the only part, its number would repeat the total.
  if (told.length === 1 && told[0]!.name === names.explicit) why = names.explicit;
  return labels.stays(seconds(total), why.trim());
}

/** Rounds values to whole numbers that add up to `total`: those with the largest fractions are rounded up. */
function roundedTo(total: number, values: readonly number[]): number[] {
  const whole = values.map(Math.floor);
  const missing = total - whole.reduce((sum, value) => sum + value, 0);
  const loss = (i: number) => values[i]! - whole[i]!;
  const byLoss = [...values.keys()].filter((i) => values[i] !== 0).sort((a, b) => loss(b) - loss(a));
  for (const i of byLoss.slice(0, Math.max(0, missing))) whole[i]! += 1;
  return whole;
}

const seconds = (tenths: number) => (tenths / 10).toFixed(1);
