import { HIDDEN, SECRET_FIELD } from "../../reports/hide-typed-text.ts";

const QUOTED = /"[^"]*"|'[^']*'/g;

/** A step as its feature has it: "When I add it". The quoted values of one that is about a secret are hidden. */
export function stepCaption(keyword: string | undefined, text: string): string {
  const words = keyword === undefined || keyword.trim() === "*" ? text : `${keyword.trim()} ${text}`;
  return SECRET_FIELD.test(words) ? words.replace(QUOTED, HIDDEN) : words;
}
