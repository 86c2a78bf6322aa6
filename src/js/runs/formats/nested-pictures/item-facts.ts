import { asObject, asText, type Json, oneLine, textOf } from "../../../task-records/json-fields.ts";
import {
  CAPTION_FIELDS,
  momentOf,
  numberOf,
  saysFailure,
  TITLE_FIELDS,
  URL_FIELDS,
} from "../../../task-records/step-facts.ts";
import { failedIf } from "../../../task-records/step-verdict.ts";
import { actionWords } from "../../action-words.ts";
import type { FoundPicture } from "../../pictures/find-pictures.ts";
import type { KnownTool } from "./known-tools.ts";
import type { PictureItem } from "./picture-lists.ts";

/** What an element of a list says of its pictures, in whatever words. */
export type ItemFacts = {
  number?: number | undefined;
  caption?: string | undefined;
  url?: string | undefined;
  failed?: true | undefined;
  timestampMs?: number | undefined;
};

/** Pictures with marks painted on them, or of less than the page, beside a plain one. */
const MARKED =
  /annotat|mark|\bsom\b|_som|som_|highlight|overlay|label|bbox|bounding|_box|boxes|grid|debug|diff|thumb|preview|small|icon|crop|element/i;
const BEFORE = /before|pre_|^pre|prev|initial|start/i;
const AFTER = /after|post_|^post|final|end|result/i;

/** Names of what is no act on the screen. */
const NO_ACT =
  /^(?:Take a screenshot|Message|Think|Recall|System|Null|Finish|Get state|Get content|Read the page|List tabs)$/;

/**
 * What an element says of itself, or in the objects that it holds directly. Without words of its own, those of the
 * elements before it, and the names of the actions that they tell.
 */
export function factsOf({ item, since }: Pick<PictureItem, "item" | "since">, tool: KnownTool | undefined): ItemFacts {
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
    since
      .map((element) => textOf(element, ...CAPTION_FIELDS, ...TITLE_FIELDS))
      .findLast((text) => text !== undefined) ??
    actionsOf([...since, item], tool);
  return {
    number: numberOf(item),
    caption: caption && oneLine(caption),
    url: first((object) => textOf(object, ...URL_FIELDS)),
    failed: failedIf(...inner.map(saysFailure), ...since.map(saysFailure)),
    timestampMs: first(momentOf),
  };
}

const objectsIn = (item: Json): Json[] =>
  Object.values(item).flatMap((value): Json[] => {
    const object = asObject(value) ?? parsed(value);
    return object ? [object] : [];
  });

/** The object that a text of JSON is. */
function parsed(text: unknown): Json | undefined {
  if (typeof text !== "string" || !text.startsWith("{")) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The actions of elements in words, without what was typed. */
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

/** The name of an action that an element tells, whatever the field is called. */
function actionIn({ action, action_type, tool_name, tool, function: called }: Json): string | undefined {
  const object = asObject(action) ?? asObject(called);
  const text = [action, action_type, tool_name, tool, object?.type, object?.name, object?.action].find(
    (name) => typeof name === "string",
  );
  return /^([A-Za-z][\w:.-]{0,39})(?:\(|$)/.exec(asText(text) ?? "")?.[1];
}

/** `mouse:click`, `browser_click` and `agentClick` as `click`. */
function bareName(name: string): string {
  const snake = name.replace(/^agent(?=[A-Z])/, "").replace(/([a-z])([A-Z])/g, "$1_$2");
  return snake.toLowerCase().replace(/^(?:mouse|keyboard|browser|computer|page|tab)[_:.]/, "");
}

/** The pictures of an element that are frames: plain ones where there are some, those from before first. */
export function framesOf(pictures: readonly FoundPicture[]): readonly FoundPicture[] {
  const plain = pictures.filter((picture) => !MARKED.test(fieldOf(picture)));
  const shown = plain.length > 0 ? plain : pictures;
  const rank = (picture: FoundPicture) => (BEFORE.test(fieldOf(picture)) ? 0 : AFTER.test(fieldOf(picture)) ? 2 : 1);
  return [...shown].sort((a, b) => rank(a) - rank(b));
}

/** The name of the field that a picture stands in. */
function fieldOf({ path }: FoundPicture): string {
  return String(
    path.findLast((name) => typeof name === "string" && !/^(?:url|data|base64|src|path|image_url)$/i.test(name)) ?? "",
  );
}
