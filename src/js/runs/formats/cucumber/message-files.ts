import { asObject } from "../../../task-records/json-fields.ts";
import { parseJson } from "../../input/parse-limited-json.ts";
import type { ReadContext, RecordFile } from "../../record-format.ts";
import { MessageReader, type MessageRuns } from "./messages.ts";

/** Start of a line whose message is needed; sources and step definitions are skipped. */
const WANTED = /^\s*\{\s*"(?:meta|gherkinDocument|pickle|testCase\w*|testStepFinished|attachment)"\s*:/;
/** Start of a first message. Other logs may begin with a "source" or "meta" too, which `MARKS` tells apart. */
const FIRST = /^\s*\{\s*"(?:meta|source|gherkinDocument|testRunStarted)"\s*:\s*\{/;
/** Signs of a first message: the protocol version, the media type of a feature file, or the name of the message. */
const MARKS = /"protocolVersion"|x\.cucumber\.gherkin|^\s*\{\s*"(?:gherkinDocument|testRunStarted)"/;
/** Number of bytes at the start of a file that contain the first message, or the end of its feature file. */
const HEAD_BYTES = 65_536;
/** Text in a page after which its messages start. */
const DATA = "window.CUCUMBER_MESSAGES = [";

/** Whether a file has one message per line, as the formatter `message` writes it. */
export async function isMessageFile(file: RecordFile): Promise<boolean> {
  if (file.kind !== "jsonl") return false;
  const head = await (await file.blob()).slice(0, HEAD_BYTES).text();
  return FIRST.test(head) && MARKS.test(head);
}

/** Reads the runs of a file of messages. Skips a last line that was cut off. */
export async function readMessageFile(file: RecordFile, { signal, limits }: ReadContext): Promise<MessageRuns> {
  const reader = new MessageReader();
  for await (const line of file.lines((head) => WANTED.test(head))) {
    signal?.throwIfAborted();
    reader.add(asObject(parseJson(line, limits, file.path)) ?? {});
  }
  return reader.finish();
}

/** Whether a page is the HTML report of Cucumber. */
export async function isMessagePage(file: RecordFile, { limits }: ReadContext): Promise<boolean> {
  return file.kind === "html" && file.size <= limits.textBytes && (await file.text()).includes(DATA);
}

/**
 * Reads the runs of an HTML report: its messages are a list in a script, in which `<` is written `\x3C`.
 *
 * @throws `TaskGifError` `UNREADABLE` if the list is broken.
 */
export async function readMessagePage(file: RecordFile, { limits }: ReadContext): Promise<MessageRuns> {
  const text = await file.text();
  const start = text.indexOf(DATA) + DATA.length - 1;
  const script = text.slice(start, text.indexOf("</script>", start));
  const list = script.slice(0, script.lastIndexOf("]") + 1).replace(/\\(?:x3C|.)/gs, (letters) => {
    return letters === "\\x3C" ? "<" : letters;
  });
  const messages = parseJson(list, limits, file.path);
  const reader = new MessageReader();
  for (const message of Array.isArray(messages) ? messages : []) reader.add(asObject(message) ?? {});
  return reader.finish();
}
