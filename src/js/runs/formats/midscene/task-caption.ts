import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { unescapeAngleBrackets } from "./report-data.ts";

/** Words for the actions, in front of what they act on. */
const WORDS: { readonly [type: string]: string } = {
  Tap: "Tap",
  RightClick: "Right-click",
  DoubleClick: "Double-click",
  LongPress: "Long-press",
  Hover: "Hover over",
  Input: "Type into",
  ClearInput: "Clear",
  KeyboardPress: "Press",
  Scroll: "Scroll",
  Swipe: "Swipe",
  Pinch: "Pinch",
  DragAndDrop: "Drag",
  Sleep: "Wait",
  Assert: "Check that",
};

/** What a task did, in plain words; what was typed only if `tellsTyped`. `execution` is what the report calls it. */
export function taskCaption(task: Json, execution: string, located: string | undefined, tellsTyped: boolean): string {
  const type = asText(task.subType) ?? asText(task.type) ?? "";
  const param = asObject(task.param) ?? {};
  const locate = asObject(param.locate);
  const target = textOf(locate?.description) ?? textOf(locate?.prompt) ?? located;
  const title = /^\w+ - ([\s\S]+)$/.exec(execution)?.[1] ?? execution;
  switch (type) {
    case "Locate":
    case "Plan":
      return unescapeAngleBrackets(planned(execution));
    case "Screenshot":
      return unescapeAngleBrackets(title);
    case "Assert":
      return unescapeAngleBrackets(`${WORDS.Assert} ${title.replace(/^assert:\s*/i, "")}`);
    case "KeyboardPress":
      return unescapeAngleBrackets(
        `${WORDS.KeyboardPress} ${textOf(param.keyName) ?? textOf(param.key) ?? textOf(param.value) ?? "a key"}`,
      );
    case "Scroll":
      return unescapeAngleBrackets(
        ["Scroll", textOf(param.direction)?.toLowerCase(), target && `in ${target}`].filter(Boolean).join(" "),
      );
    case "Input": {
      const typed = tellsTyped ? textOf(param.value) : undefined;
      return unescapeAngleBrackets(`Type ${typed ? `"${typed}" ` : ""}into ${target ?? "a field"}`);
    }
    case "DragAndDrop": {
      const [from, to] = [asObject(param.from), asObject(param.to)].map(
        (end) => textOf(end?.description) ?? textOf(end?.prompt),
      );
      return unescapeAngleBrackets(["Drag", from, to && `to ${to}`].filter(Boolean).join(" "));
    }
    default:
      return unescapeAngleBrackets([WORDS[type] ?? sentence(type), target].filter(Boolean).join(" "));
  }
}

/** "Tap - the Add button" as "Tap the Add button". */
function planned(execution: string): string {
  const [, type = "", rest = execution] = /^(\w+) - ([\s\S]+)$/.exec(execution) ?? [];
  return type === "" ? rest : `${WORDS[type] ?? sentence(type)} ${rest}`;
}

/** A prompt is a text, or an object around one. */
function textOf(value: unknown): string | undefined {
  return asText(value) ?? asText(asObject(value)?.prompt);
}

/** `LaunchApp` as "Launch app". */
function sentence(type: string): string {
  const words = type.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
