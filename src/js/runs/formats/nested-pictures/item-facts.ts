import { asObject, asText, type Json, oneLine, textOf } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";
import {
  CAPTION_FIELDS,
  momentOf,
  numberOf,
  saysFailure,
  TITLE_FIELDS,
  URL_FIELDS,
} from "../../../task-records/steps/step-facts.ts";
import { failedIf } from "../../../task-records/steps/step-verdict.ts";
import { actionWords } from "../../action-words.ts";
import type { FoundPicture } from "../../pictures/find-pictures.ts";
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
    textOf(item, ...CAPTION_FIELDS, ...TITLE_FIELDS) ??
    first((object) => textOf(object, ...CAPTION_FIELDS)) ??
    preceding
      .map((element) => textOf(element, ...CAPTION_FIELDS, ...TITLE_FIELDS))
      .findLast((text) => text !== undefined) ??
    actionsOf([...preceding, item], tool);
  return {
    number: numberOf(item),
    caption: caption && oneLine(caption),
    url: first((object) => textOf(object, ...URL_FIELDS)),
    failed: failedIf(...inner.map(saysFailure), ...preceding.map(saysFailure)),
    timestampMs: first(momentOf),
  };
}

const objectsIn = (item: Json): Json[] =>
  Object.values(item).flatMap((value): Json[] => {
    const object = asObject(value) ?? parsed(value);
    return object ? [object] : [];
  });

/** Parses a text that is a JSON object. */
const parsed = (text: unknown) =>
  typeof text === "string" && text.startsWith("{") ? asObject(tryParseJson(text)) : undefined;

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
