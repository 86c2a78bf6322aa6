/**
 * Describes a selector in a few words: by the name of a role, a label, or a text. Playwright's own engines start with
 * `internal:`. Parts are chained by ` >> `; the last one that can be described counts.
 */

/** Maximum length of a name in a caption. */
const MOST_LETTERS = 60;

/** Describes a selector: a text of the page in quotes, as in `'Checkout'`, or else the selector itself. */
export function describeSelector(selector: string): string {
  const parts = selector.split(/\s*>>\s*/);
  for (const part of parts.reverse()) {
    const words = partWords(part.trim());
    if (words !== undefined) return words;
  }
  return shortened(selector);
}

/** Returns a text of the page in quotes. */
export function quoted(text: string): string {
  return `'${shortened(text.replace(/\s+/g, " ").trim())}'`;
}

function partWords(part: string): string | undefined {
  if (
    part === "" ||
    /^(?:nth=|visible=|internal:(?:control|and|or|has|has-not|chain|describe)=|internal:has-not-text=)/.test(part)
  ) {
    return undefined;
  }
  const role = /^(?:internal:)?role=([\w-]+)(.*)$/s.exec(part);
  if (role) {
    const name = attributeValue(role[2]!, "name");
    return name === undefined ? `the ${role[1]}` : quoted(name);
  }
  const text = /^(?:internal:(?:label|text|has-text)|text)=(.*)$/s.exec(part)?.[1];
  if (text !== undefined) return quoted(unquoted(text));
  const attribute = /^internal:(?:attr|testid)=\[([\w-]+)=(.*)\]$/s.exec(part);
  if (attribute) return quoted(unquoted(attribute[2]!));
  if (part.startsWith("internal:")) return undefined;
  return shortened(part.replace(/^css=/, ""));
}

/** Returns the value in `[name="..."i]`. */
function attributeValue(text: string, name: string): string | undefined {
  const value = new RegExp(`\\[${name}=("(?:[^"\\\\]|\\\\.)*"|/(?:[^/\\\\]|\\\\.)*/)[a-z]*\\]`, "s").exec(text)?.[1];
  return value === undefined ? undefined : unquoted(value);
}

/** Returns a quoted string of a selector without quotes and case flag, or a pattern without slashes. */
function unquoted(text: string): string {
  const string = /^"((?:[^"\\]|\\.)*)"[a-z]?$/s.exec(text)?.[1] ?? /^'(.*)'[a-z]?$/s.exec(text)?.[1];
  if (string !== undefined) return string.replace(/\\(.)/gs, "$1");
  return /^\/(.*)\/[a-z]*$/s.exec(text)?.[1] ?? text;
}

function shortened(text: string): string {
  const letters = [...text];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : text;
}
