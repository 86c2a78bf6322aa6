import { Parser } from "htmlparser2";
import { asObject, asObjects, type Json } from "../../../task-records/json-fields.ts";
import { parseJson } from "../../input/parse-limited-json.ts";
import type { ReadContext, RecordFile } from "../../record-format.ts";
import { textWithoutPictures } from "../../reports/base64-in-report.ts";

/** Number of bytes of a page that are searched for its data: an attribute of the body, after the styles. */
const HEAD_BYTES = 1_048_576;
const PAGE = /<body[^>]*\sdata-raw="/;

/** Whether a file is a report of Mochawesome, as JSON or HTML. */
export async function isReport(file: RecordFile, { limits }: ReadContext): Promise<boolean> {
  if (file.kind === "html") {
    return PAGE.test(await (await file.blob()).slice(0, HEAD_BYTES).text());
  }
  return file.kind === "json" && file.size <= limits.textBytes && isData(await file.json());
}

/** Returns the data of a report. In those of a page, long base64 is replaced by byte offsets. */
export async function dataOf(file: RecordFile, context: ReadContext): Promise<Json | undefined> {
  const data = file.kind === "html" ? await dataOfPage(file, context) : await file.json();
  return isData(data) ? data : undefined;
}

function isData(value: unknown): value is Json {
  const { stats, results } = asObject(value) ?? {};
  return (
    asObject(stats) !== undefined &&
    asObjects(results).some(({ suites, tests }) => {
      return Array.isArray(suites) && Array.isArray(tests);
    })
  );
}

async function dataOfPage(file: RecordFile, { limits, signal }: ReadContext): Promise<unknown> {
  let raw: string | undefined;
  const parser = new Parser({
    onopentag(name, { "data-raw": data }) {
      if (name === "body") raw ??= data;
    },
  });
  for await (const piece of textWithoutPictures(await file.blob())) {
    signal?.throwIfAborted();
    parser.write(piece);
    if (raw !== undefined) break; // the application follows
  }
  return raw === undefined ? undefined : parseJson(raw, limits, file.path);
}
