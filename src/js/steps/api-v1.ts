import { failedIf, saysFailed } from "./failed.ts";
import { asNumber, asObjects, asText, type Json, known } from "./fields.ts";
import type { RecordStep } from "./types.ts";

/**
 * API v1: steps know nothing of their screenshots, which come in a list of their own. They are joined by the number in
 * the file name (`step_3.png`), else by their place.
 */
export function stepsOfV1(task: Json, screenshots: readonly string[]): RecordStep[] {
  const steps = asObjects(task.steps).map((step, i, all) => ({
    number: asNumber(step.step) ?? i + 1,
    caption: asText(step.next_goal),
    url: asText(step.url),
    failed: failedIf(saysFailed(all[i + 1]?.evaluation_previous_goal)),
  }));
  const byNumber = new Map(steps.map((step) => [step.number, step]));
  const numbers = screenshots.map(numberIn);
  const areNumbered = numbers.every((number) => number !== undefined) && new Set(numbers).size === numbers.length;
  const join = areNumbered && (steps.length === 0 || numbers.some((number) => byNumber.has(number!)));
  const joined = screenshots.map((picture, i): RecordStep => {
    const number = join ? numbers[i]! : (steps[i]?.number ?? i + 1);
    const step = join ? byNumber.get(number) : steps[i];
    return known({ number, caption: step?.caption, url: step?.url, failed: step?.failed, picture });
  });
  return join ? joined.sort((a, b) => a.number - b.number) : joined;
}

function numberIn(url: string): number | undefined {
  const match = /step[_-]?(\d{1,6})(?=[^\d/]*$)/i.exec(url.replace(/[?#].*$/s, ""));
  return match ? Number(match[1]) : undefined;
}
