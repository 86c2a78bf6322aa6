import type { Rect } from "../public-types.ts";
import type { EmbeddedStep } from "./gif-info.ts";

/** Reads the steps from the text that is embedded in a GIF. The text is untrusted: invalid entries are left out. */
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
    const { number, caption, failed, url, timestampMs, view, frame } = (item ?? {}) as Record<string, unknown>;
    if (!isIndex(frame) || frame >= frames) return [];
    return {
      ...(isIndex(number) && { number }),
      ...(typeof caption === "string" && { caption }),
      ...(typeof failed === "boolean" && { failed }),
      ...(typeof url === "string" && { url }),
      ...(Number.isFinite(timestampMs) && { timestampMs: timestampMs as number }),
      ...(isRect(view) && { view: { left: view.left, top: view.top, width: view.width, height: view.height } }),
      frame,
    };
  });
}

function isRect(value: unknown): value is Rect {
  const { left, top, width, height } = (value ?? {}) as Record<string, unknown>;
  return [left, top, width, height].every(isIndex);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
