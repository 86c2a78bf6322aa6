import { asObject, asText, type Json } from "../../../task-records/json-fields.ts";
import { unescapeAngleBrackets } from "./report-data.ts";

/** Verbs of the actions; the element follows. */
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

/** Describes a task in words; with typed text only if `showsTyped`. `execution` is the name of its execution. */
export function taskCaption(task: Json, execution: string, located: string | undefined, showsTyped: boolean): string {
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
      const typed = showsTyped ? textOf(param.value) : undefined;
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

/** Returns "Tap the Add button" for "Tap - the Add button". */
function planned(execution: string): string {
  const [, type = "", rest = execution] = /^(\w+) - ([\s\S]+)$/.exec(execution) ?? [];
  return type === "" ? rest : `${WORDS[type] ?? sentence(type)} ${rest}`;
}

/** Returns the text of a prompt, which is a text or an object with one. */
function textOf(value: unknown): string | undefined {
  return asText(value) ?? asText(asObject(value)?.prompt);
}

/** Returns "Launch app" for `LaunchApp`. */
function sentence(type: string): string {
  const words = type.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
