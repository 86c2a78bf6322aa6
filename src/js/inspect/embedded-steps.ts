import type { EmbeddedStep } from "./types.ts";

/** Reads the steps from the text that is embedded in a GIF. It is untrusted: entries that are no step are left out. */
export function readSteps(text: string | undefined, frames: number): EmbeddedStep[] {
  if (text === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const list = (value as { steps?: unknown } | null)?.steps;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => {
    const { number, caption, failed, url, timestampMs, frame } = (item ?? {}) as Record<string, unknown>;
    if (!isIndex(frame) || frame >= frames) return [];
    return {
      ...(isIndex(number) && { number }),
      ...(typeof caption === "string" && { caption }),
      ...(typeof failed === "boolean" && { failed }),
      ...(typeof url === "string" && { url }),
      ...(Number.isFinite(timestampMs) && { timestampMs: timestampMs as number }),
      frame,
    };
  });
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
