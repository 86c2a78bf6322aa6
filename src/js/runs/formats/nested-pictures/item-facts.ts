import { asCount, asObject, asText, type Json, oneLine, textOf } from "../../../task-records/json-fields.ts";
import { failedIf } from "../../../task-records/step-verdict.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { actionWords } from "../../action-words.ts";
import type { FoundPicture } from "./find-pictures.ts";
import type { KnownTool } from "./known-tools.ts";
import type { PictureItem } from "./picture-lists.ts";

/** The facts that an element of a list gives about its pictures. */
export type ItemFacts = {
  number?: number | undefined;
  caption?: string | undefined;
  url?: string | undefined;
  failed?: true | undefined;
  timestampMs?: number | undefined;
};

const GOALS = "next_goal nextGoal goal caption instruction intent summary".split(" ");
/** Captions of an element itself; in an object within it, these are the title and description of a page. */
const TITLES = ["title", "description"];
const URLS = "url page_url pageUrl current_url currentUrl active_url activeUrl activeURL".split(" ");
const NUMBERS = "number step step_number stepNumber step_num step_id step_index index turn iteration".split(" ");
const TIMES = (
  "timestampMs timestamp time ts finished_at finishedAt started_at startedAt created_at createdAt " +
  "start_time startTime startTimeUnixNano step_start_time action_timestamp observed_time date"
).split(" ");
/** Fields of pictures with marks drawn on them, or of a part of the page. */
const MARKED =
  /annotat|mark|\bsom\b|_som|som_|highlight|overlay|label|bbox|bounding|_box|boxes|grid|debug|diff|thumb|preview|small|icon|crop|element/i;
const BEFORE = /before|pre_|^pre|prev|initial|start/i;
const AFTER = /after|post_|^post|final|end|result/i;

/** Captions of actions that do nothing on the screen. */
const NO_ACT =
  /^(?:Take a screenshot|Message|Think|Recall|System|Null|Finish|Get state|Get content|Read the page|List tabs)$/;

/**
 * Returns the facts in an element and in the objects that it directly contains. An element without a caption gets that of the
 * elements before it, or else the names of their actions and its own.
 */
export function factsOf(
  { item, preceding }: Pick<PictureItem, "item" | "preceding">,
  tool: KnownTool | undefined,
): ItemFacts {
  const inner: Json[] = [item, ...objectsIn(item)];
  const first = <T>(read: (object: Json) => T | undefined): T | undefined => {
    for (const object of inner) {
      const value = read(object);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const caption =
    textOf(item, ...GOALS, ...TITLES) ??
    first((object) => textOf(object, ...GOALS)) ??
    preceding.map((element) => textOf(element, ...GOALS, ...TITLES)).findLast((text) => text !== undefined) ??
    actionsOf([...preceding, item], tool);
  return {
    number: NUMBERS.map((name) => asCount(item[name])).find((number) => number !== undefined),
    caption: caption && oneLine(caption),
    url: first((object) => textOf(object, ...URLS)),
    failed: failedIf(...inner.map(saysFailure), ...preceding.map(saysFailure)),
    timestampMs: first((object) => TIMES.map((name) => timeOf(object[name])).find((ms) => ms !== undefined)),
  };
}

/** Parses a time into ms since 1970. OpenTelemetry writes nanoseconds. */
function timeOf(value: unknown): number | undefined {
  const isNano = (typeof value === "string" || typeof value === "number") && /^\d{19}$/.test(String(value));
  return isNano ? Math.round(Number(value) / 1e6) : asTimestamp(value);
}

const objectsIn = (item: Json): Json[] =>
  Object.values(item).flatMap((value): Json[] => {
    const object = asObject(value) ?? parsed(value);
    return object ? [object] : [];
  });

/** Parses a text that is a JSON object. */
function parsed(text: unknown): Json | undefined {
  if (typeof text !== "string" || !text.startsWith("{")) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns the actions of elements in words, without typed text. */
function actionsOf(elements: readonly Json[], tool: KnownTool | undefined): string | undefined {
  const names = elements.flatMap((element) => {
    const own = tool?.actions?.(element) ?? [];
    return own.length > 0 ? own : (actionIn(element) ?? []);
  });
  const words = names.map((name) => actionWords(bareName(name))).filter((text) => !NO_ACT.test(text));
  const apart = words.filter((text, i) => text !== words[i - 1]);
  if (apart.length === 0) return undefined;
  return apart.map((text, i) => (i === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(", ");
}

/** Returns the name of the action of an element, from any of the usual fields. */
function actionIn({ action, action_type, tool_name, tool, function: called }: Json): string | undefined {
  const object = asObject(action) ?? asObject(called);
  const text = [action, action_type, tool_name, tool, object?.type, object?.name, object?.action].find(
    (name) => typeof name === "string",
  );
  return /^([A-Za-z][\w:.-]{0,39})(?:\(|$)/.exec(asText(text) ?? "")?.[1];
}

/** Returns `click` for `mouse:click`, `browser_click` and `agentClick`. */
function bareName(name: string): string {
  const snake = name.replace(/^agent(?=[A-Z])/, "").replace(/([a-z])([A-Z])/g, "$1_$2");
  return snake.toLowerCase().replace(/^(?:mouse|keyboard|browser|computer|page|tab)[_:.]/, "");
}

function saysFailure({ error, is_error: isFailed, failed, success, status }: Json): boolean {
  const isError = asText(error) !== undefined || error === true || asObject(error) !== undefined;
  return (
    isError ||
    isFailed === true ||
    failed === true ||
    success === false ||
    /^(?:failed|failure|error)$/i.test(asText(status) ?? "")
  );
}

/** Returns the pictures of an element that become frames, without marked ones beside plain ones; "before" comes first, "after" last. */
export function framesOf(pictures: readonly FoundPicture[]): readonly FoundPicture[] {
  const plain = pictures.filter((picture) => !MARKED.test(fieldOf(picture)));
  const shown = plain.length > 0 ? plain : pictures;
  const rank = (picture: FoundPicture) => (BEFORE.test(fieldOf(picture)) ? 0 : AFTER.test(fieldOf(picture)) ? 2 : 1);
  return [...shown].sort((a, b) => rank(a) - rank(b));
}

/** Returns the name of the field that holds a picture. */
function fieldOf({ path }: FoundPicture): string {
  return String(
    path.findLast((name) => typeof name === "string" && !/^(?:url|data|base64|src|path|image_url)$/i.test(name)) ?? "",
  );
}
