import { Parser } from "htmlparser2";
import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { parseJson } from "../../input/parse-limited-json.ts";
import type { ReadContext } from "../../record-format.ts";
import { textWithoutPictures } from "../../reports/base64-in-report.ts";
import { imagesIn } from "../../reports/html-images.ts";
import { plainError } from "../../reports/report-frames.ts";
import type { PytestImage, PytestResult } from "./pytest-result.ts";
import { triesInOrder } from "./tries-in-order.ts";

export type PytestReport = { version: string | undefined; results: PytestResult[] };

/** Default name of images. */
const UNNAMED = "Image";
const VERSION = /^\s*v(\d+\.\d+[\w.]*)/;
/** The line of a log with the error. */
const ERROR_LINE = /^E {3}\s*(\S.*)$/m;

/** Returns the results of a report, with the tries of a test in order. Scripts of the page are never run. */
export async function readPytestReport(file: Blob, context: ReadContext): Promise<PytestReport> {
  const page = new ReportPage();
  for await (const piece of textWithoutPictures(file)) {
    context.signal?.throwIfAborted();
    page.write(piece);
  }
  page.end();
  const data = page.blob === undefined ? undefined : asObject(parseJson(page.blob, context.limits, "its data"));
  const results = data ? resultsOfData(data) : page.results;
  return { version: page.version, results: triesInOrder(results, page.version) };
}

/** Content of a page, collected while it is read. */
class ReportPage {
  version: string | undefined;
  /** The data of version 4. */
  blob: string | undefined;
  /** The rows of version 3. */
  readonly results: PytestResult[] = [];
  #text: "name" | "log" | "version" | undefined;
  #log = "";
  #isBehindLink = false;
  readonly #parser = new Parser({
    onopentag: (name, attributes) => this.#open(name, attributes),
    ontext: (text) => this.#write(text),
    onclosetag: (name) => this.#close(name),
  });

  write(piece: string): void {
    this.#parser.write(piece);
  }

  end(): void {
    this.#parser.end();
  }

  #open(
    name: string,
    { class: classes = "", src, href = "", "data-jsonblob": blob }: { [name: string]: string },
  ): void {
    if (blob !== undefined) this.blob = blob;
    if (name === "a" && /pytest-html\/?$/.test(href)) this.#isBehindLink = true;
    const [outcome, kind] = classes.split(" ");
    if (name === "tbody" && kind === "results-table-row") {
      this.results.push({ name: "", outcome: outcome!, error: undefined, images: [] });
    }
    const result = this.results.at(-1);
    if (!result) return;
    if (name === "img" && src) result.images.push({ reference: src, name: undefined });
    else if (name === "td" && classes === "col-name") this.#text = "name";
    else if (name === "div" && classes.startsWith("log")) this.#text = "log";
    else if (name === "br" && this.#text === "log") this.#log += "\n";
  }

  #write(text: string): void {
    if (this.#isBehindLink) {
      const version = VERSION.exec(text)?.[1];
      if (version !== undefined) [this.version, this.#isBehindLink] = [version, false];
    }
    if (this.#text === "name") this.results.at(-1)!.name += text;
    else if (this.#text === "log") this.#log += text;
  }

  #close(name: string): void {
    if (name === "td") this.#text = undefined;
    if (name !== "div" || this.#text !== "log") return;
    const result = this.results.at(-1)!;
    result.error ??= errorOf(this.#log);
    [this.#log, this.#text] = ["", undefined];
  }
}

/** Returns the results in the data of version 4, which lists them by test. */
function resultsOfData(data: Json): PytestResult[] {
  const tests = asObject(data.tests) ?? {};
  return Object.entries(tests).flatMap(([id, tries]) =>
    asObjects(tries).map((result): PytestResult => {
      return {
        name: asText(result.testId) ?? id,
        outcome: asText(result.result) ?? "",
        error: errorOf(textOf(asText(result.log) ?? "")),
        images: asObjects(result.extras).flatMap(imagesOf),
      };
    }),
  );
}

function imagesOf({ format_type: type, content, name }: Json): PytestImage[] {
  const text = asText(content);
  if (text === undefined) return [];
  const title = name === UNNAMED ? undefined : asText(name);
  if (type === "image") return [{ reference: text, name: title }];
  return type === "html" ? imagesIn(text).map((reference) => ({ reference, name: undefined })) : [];
}

const errorOf = (log: string) => plainError(ERROR_LINE.exec(log)?.[1]);

/** Returns the text of HTML. */
function textOf(html: string): string {
  let text = "";
  const parser = new Parser({
    ontext(piece) {
      text += piece;
    },
    onopentagname(name) {
      if (name === "br") text += "\n";
    },
  });
  parser.end(html);
  return text;
}
