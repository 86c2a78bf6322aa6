import { HIDDEN, SECRET_FIELD } from "../../reports/hide-typed-text.ts";

const QUOTED = /"[^"]*"|'[^']*'/g;

/** Returns the caption of a step: "When I add it". Quoted values of a step about a secret are hidden. */
export function stepCaption(keyword: string | undefined, text: string): string {
  const words = keyword === undefined || keyword.trim() === "*" ? text : `${keyword.trim()} ${text}`;
  return SECRET_FIELD.test(words) ? words.replace(QUOTED, HIDDEN) : words;
}
