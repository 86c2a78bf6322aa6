import type { DescribedScreenshot } from "../../../public-types.ts";
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  type Json,
  withoutUndefined,
} from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { asString } from "../../as-string.ts";
import { type InlinePicture, inlinePicture } from "../../pictures/picture-of-base64.ts";
import type { Run } from "../../run.ts";
import { captionOf, describeAction } from "./describe-action.ts";
import type { LogAction, LogPoint } from "./log-event.ts";
import { marks } from "./turn-screenshots.ts";

/**
 * Data of the UI-TARS SDK: `conversations` of a human, with a picture, and the model, with actions: a picture was taken before the
 * actions that follow. The data of `onData` contain only new messages.
 */
export function isUiTars(value: unknown): boolean {
  return dataOf(value).length > 0;
}

/** Returns all data of this format in a file. */
function dataOf(value: unknown): Json[] {
  const rows = (Array.isArray(value) ? asObjects(value) : asObjects([value])).map((row) => asObject(row.data) ?? row);
  const isMine = rows.some(({ conversations }) =>
    asObjects(conversations).some(
      ({ from, predictionParsed, screenshotBase64 }) =>
        (from === "gpt" && Array.isArray(predictionParsed)) ||
        (from === "human" && asText(screenshotBase64) !== undefined),
    ),
  );
  return isMine ? rows : [];
}

/** Returns the run in the data. */
export function readUiTars(value: unknown, showsTyped: boolean): Run {
  const rows = dataOf(value);
  const last = rows.at(-1) ?? {};
  const status = asText(last.status);
  const screenshots = screenshotsOf(conversationsOf(rows), showsTyped);
  return withoutUndefined({
    name: rows.map(({ instruction }) => asText(instruction)).find((text) => text !== undefined),
    status: status === undefined ? undefined : STATUS[status],
    error: asText(asObject(last.error)?.message) ?? asText(last.errMsg),
    startedAtMs: rows.map(({ logTime }) => asNumber(logTime)).find((ms) => ms !== undefined),
    tool: withoutUndefined({ name: "UI-TARS", version: asText(last.sdkVersion) }),
    screenshots,
    warnings: [],
  }) as Run;
}

const STATUS: { readonly [status: string]: Run["status"] } = {
  init: "running",
  running: "running",
  pause: "stopped",
  end: "passed",
  call_user: "stopped",
  user_stopped: "stopped",
  max_loop: "failed",
  error: "failed",
};

/** Returns the messages that each row adds to the rows before it. */
function conversationsOf(rows: readonly Json[]): Json[] {
  const all: Json[] = [];
  const seen = new Set<string>();
  for (const turn of rows.flatMap(({ conversations }) => asObjects(conversations))) {
    const start = asNumber(asObject(turn.timing)?.start);
    const key = `${asString(turn.from)} ${start} ${asString(turn.value).slice(0, 1000)}`;
    if (start !== undefined && seen.has(key)) continue;
    seen.add(key);
    all.push(turn);
  }
  return all;
}

function screenshotsOf(conversations: readonly Json[], showsTyped: boolean): DescribedScreenshot[] {
  const screenshots: DescribedScreenshot[] = [];
  let open: { screenshot: DescribedScreenshot; picture: InlinePicture; scale: number } | undefined;
  for (const turn of conversations) {
    const picture = turn.from === "human" ? inlinePicture(turn.screenshotBase64) : undefined;
    if (picture) {
      const context = asObject(turn.screenshotContext);
      const screenshot: DescribedScreenshot = withoutUndefined({
        image: picture.image,
        number: screenshots.length + 1,
        timestampMs: momentOf(turn),
      });
      screenshots.push(screenshot);
      open = { screenshot, picture, scale: asNumber(context?.scaleFactor) ?? 1 };
    } else if (turn.from === "gpt" && open) {
      const actions = asObjects(turn.predictionParsed).map((prediction) => actionOf(prediction));
      const caption = captionOf(actions, showsTyped);
      if (caption) open.screenshot.caption = caption;
      const points = actions.find((action) => action.points)?.points;
      if (points) Object.assign(open.screenshot, marks(points, open.picture.size));
      open = undefined;
    }
  }
  return screenshots;
}

function momentOf(turn: Json): number | undefined {
  const timing = asObject(turn.timing);
  return asNumber(timing?.start) ?? asTimestamp(timing?.start);
}

function actionOf(prediction: Json): LogAction {
  const inputs = asObject(prediction.action_inputs) ?? {};
  const name = asText(prediction.action_type) ?? "act";
  const points = [pointOf(inputs.start_box), pointOf(inputs.end_box)].filter((point) => point !== undefined);
  const { points: _, ...action } = describeAction(name, inputs);
  const isPointed = !/^(?:Scroll|Press|Type|Wait|Finish)/.test(action.words);
  return { ...action, ...(isPointed && points.length > 0 && { points }) };
}

/** Returns the center of a box in fractions of the sides of the picture, from a text such as "[0.24,0.32,0.24,0.32]". */
function pointOf(box: unknown): LogPoint | undefined {
  const numbers = (
    Array.isArray(box)
      ? box
      : asString(box ?? "")
          .split(/[^\d.e+-]+/)
          .filter(Boolean)
  ).map(Number);
  const [left, top, right = left, bottom = top] = numbers;
  if (![left, top, right, bottom].every((part) => Number.isFinite(part) && part! >= 0 && part! <= 1)) return undefined;
  return { x: (left! + right!) / 2, y: (top! + bottom!) / 2, per: 1 };
}
