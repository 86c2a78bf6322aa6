/**
 * Parses JSON as tools write it: with a byte order mark, with Python's `NaN` and `Infinity` (which become `null`), or as JSON lines
 * (which become an array).
 *
 * Uses `JSON.parse`. Parsers such as JSON5 read character by character, which takes seconds for the megabytes of base64 in a record.
 * Here, only a text that `JSON.parse` refused is scanned again, from quote to quote.
 */

/** The error of a text that is no JSON. `message` is one line, gives the position, and does not quote the text. */
export class JsonError extends Error {
  override readonly name = "JsonError";
}

/**
 * Parses a text. `onCutLine` is called if the last of its lines is cut off and left out.
 *
 * @throws `JsonError` for a text that is no JSON.
 */
export function parseJson(text: string, onCutLine = () => {}): unknown {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const failures: unknown[] = [];
  for (const attempt of [parseStrict, parseWithoutNonFinite, parseLines]) {
    try {
      return attempt(plain, onCutLine);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new JsonError(describeFailure(plain, failures[0]));
}

/** Parses a text that may be JSON; `undefined` for any other. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const parseStrict = (text: string): unknown => JSON.parse(text);

function parseWithoutNonFinite(text: string): unknown {
  return JSON.parse(withoutNonFinite(text));
}

/**
 * Parses two or more JSON lines. Skips empty lines, and a last line that is cut off, as by a process that was killed while it wrote.
 */
function parseLines(text: string, onCutLine: () => void): unknown[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const values = lines.slice(0, -1).map((line) => JSON.parse(withoutNonFinite(line)));
  if (values.length === 0) throw new SyntaxError("a single line");
  try {
    values.push(JSON.parse(withoutNonFinite(lines.at(-1)!)));
  } catch (error) {
    if (values.length < 2) throw error;
    onCutLine();
  }
  return values;
}

/** Replaces `NaN` and `Infinity` outside strings by `null`. */
function withoutNonFinite(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('"', at);
    const end = open < 0 ? text.length : open;
    parts.push(text.slice(at, end).replace(/[-+]?\b(?:NaN|Infinity|inf|nan)\b/g, "null"));
    const close = open < 0 ? text.length : closingQuote(text, open);
    parts.push(text.slice(end, close));
    at = close;
  }
  return parts.join("");
}

/** Returns the position after the string that begins at `open`. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text[quote - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Creates the error with its position. The message of the engine is not used, since it quotes the text, which may be a picture. */
function describeFailure(text: string, error: unknown): string {
  if (text.trim() === "") return "empty text";
  if (/^\s*</.test(text)) return "text that begins like HTML or XML, not like JSON";
  const position = /position (\d+)/.exec(String((error as Error | undefined)?.message))?.[1];
  if (position === undefined || Number(position) >= text.length) return "JSON that breaks off before its end";
  return `text that is not JSON from line ${text.slice(0, Number(position)).split("\n").length} on`;
}
