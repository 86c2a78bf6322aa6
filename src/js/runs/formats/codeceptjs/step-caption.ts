import { hideTypedText, SECRET_FIELD } from "../../reports/hide-typed-text.ts";
import { stripAnsi } from "../../strip-ansi.ts";

/** A step that types: its verb, the field, and the typed text. */
const TYPING =
  /^(?<act>I (?:fill field|append field)) (?<field>"(?:[^"\\]|\\.)*"|\{[^}]*\}|[^,]*)(?:, (?<typed>.*))?$/s;
const TYPING_ALONE = /^(?<act>I type)(?: (?<typed>.*))?$/s;

/** Returns the caption of a step of CodeceptJS: its text without ANSI colors and, unless captions show all, without typed text. */
export function stepCaption(step: string, captionsOf: "titles" | "all"): string {
  // Version 3 removes only the escape character of terminal colors.
  const text = stripAnsi(step).replace(/\[\d{1,2}m/g, "");
  const match = TYPING.exec(text) ?? TYPING_ALONE.exec(text);
  if (!match) return text;
  const { act, field, typed } = match.groups!;
  const subject = field === undefined ? act! : `${act} ${field}`;
  const shown = hideTypedText(typed === undefined ? [] : [typed], SECRET_FIELD.test(field ?? ""), captionsOf);
  return [subject, ...shown].join(field === undefined ? " " : ", ");
}
