import { allTimed, asMoment, asText, type Json, known } from "./fields.ts";
import type { RecordStep } from "./types.ts";

/** API v3: messages of a session, some of which carry a screenshot. Those that are hidden are not shown. */
export function stepsOfV3(messages: readonly Json[]): RecordStep[] {
  const shown = messages.filter((message) => message.hidden !== true && asText(message.screenshotUrl));
  return allTimed(
    shown.map(
      (message, i): RecordStep =>
        known({
          number: i + 1,
          caption: asText(message.summary),
          timestampMs: asMoment(message.createdAt),
          picture: asText(message.screenshotUrl),
        }),
    ),
  );
}
