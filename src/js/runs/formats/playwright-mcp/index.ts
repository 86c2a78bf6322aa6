import type { DescribedScreenshot, ImageSource, Point } from "../../../public-types.ts";
import { asText, withoutUndefined } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import { inlinePicture } from "../../pictures/picture-of-base64.ts";
import { resolvePicture } from "../../pictures/resolve-picture.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { callCaption } from "./call-caption.ts";
import { type SessionEntry, screenshotPath, sessionEntries, timeInFileName } from "./session-markdown.ts";

/**
 * Sessions of the Playwright MCP server: `session.md` with the calls of its tools. It contains the pictures (from 0.0.6x on) or names
 * files in the folder above. A picture shows the result of the calls before it.
 */
export const format: RecordFormat = {
  name: "Playwright MCP sessions",

  async detect(files): Promise<readonly RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      if (file.kind !== "text" || !(await beginsWithEntry(file))) continue;
      const entries = sessionEntries(await file.text());
      if (!entries.some(({ name }) => name.startsWith("browser_"))) continue;
      matches.push({ path: file.path, claims: [file, ...pictureFiles(entries, file, files)], main: file });
    }
    return matches;
  },

  async read({ main }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]> {
    const reader = new SessionReader(main, files, context);
    for (const entry of sessionEntries(await main.text())) await reader.add(entry);
    const startedAtMs = Number(/session-(\d{13})(?:\/|$)/.exec(main.path)?.[1]) || undefined;
    return [
      withoutUndefined({
        name: reader.firstUrl,
        startedAtMs,
        tool: { name: "Playwright MCP" },
        screenshots: reader.screenshots,
        warnings: reader.warnings(),
      }) as Run,
    ];
  },
};

const SCREENSHOT = /^browser_(?:take_screenshot|screen_capture)$/;
/** Number of bytes that are searched for the first entry. */
const HEAD_BYTES = 256;
/** Tools that change nothing on the page. */
const LOOKS = /^browser_(?:snapshot|console_messages|network_requests?|install|close|tab_list|generate_|pdf_save)/;

class SessionReader {
  readonly screenshots: DescribedScreenshot[] = [];
  firstUrl: string | undefined;
  readonly #main: RecordFile;
  readonly #files: RecordFiles;
  readonly #context: ReadContext;
  readonly #missing: string[] = [];
  #captions: string[] = [];
  #click: Point | undefined;
  #url: string | undefined;
  #cutOuts = 0;

  constructor(main: RecordFile, files: RecordFiles, context: ReadContext) {
    this.#main = main;
    this.#files = files;
    this.#context = context;
  }

  async add(entry: SessionEntry): Promise<void> {
    const url = entry.url ?? (entry.name === "browser_navigate" ? asText(entry.args.url) : undefined);
    if (url !== undefined && entry.error === undefined) this.#url = url;
    this.firstUrl ??= this.#url;
    if (SCREENSHOT.test(entry.name)) return this.#addPicture(entry);
    if (LOOKS.test(entry.name) && entry.error === undefined) return;
    if (entry.isPlain && url === undefined) this.#url = undefined; // it may have led to another page
    const caption = callCaption(entry, this.#context.captionsOf === "all");
    if (entry.error !== undefined) return this.#addFailure(caption);
    if (caption !== this.#captions.at(-1)) this.#captions.push(caption);
    const [left, top] = [entry.args.x, entry.args.y];
    if (entry.name === "browser_mouse_click_xy" && typeof left === "number" && typeof top === "number")
      this.#click = { left, top };
  }

  warnings(): Run["warnings"] {
    const warnings: Run["warnings"] = [];
    const [first] = this.#missing;
    if (first !== undefined) {
      const count = this.#missing.length;
      warnings.push({
        code: "PICTURE_MISSING",
        message: `${count === 1 ? "a screenshot is" : `${count} screenshots are`} not in the session but elsewhere (${first}): one with a filename goes to the server's working directory; give it along with the session`,
      });
    }
    if (this.#cutOuts > 0) {
      warnings.push({
        code: "CUT_OUTS_SKIPPED",
        message: `${this.#cutOuts} screenshots show a single element and were left out`,
      });
    }
    return warnings;
  }

  async #addPicture(entry: SessionEntry): Promise<void> {
    const { ref, target, element } = entry.args;
    if (ref !== undefined || target !== undefined || element !== undefined) {
      this.#cutOuts++;
      return;
    }
    const reference = screenshotPath(entry);
    const file = reference === undefined ? undefined : this.#files.find(reference, this.#main);
    const image: ImageSource | undefined =
      file?.image() ??
      inlinePicture(entry.picture)?.image ??
      (reference === undefined ? undefined : await resolvePicture(reference, this.#context));
    if (image === undefined) this.#missing.push(reference ?? "no name");
    else this.#show(image, { timestampMs: reference === undefined ? undefined : timeInFileName(reference) });
  }

  /** Adds a failed call. It has no picture, so the previous one is repeated. */
  #addFailure(caption: string): void {
    const before = this.screenshots.at(-1);
    if (!before) return;
    this.#captions.push(caption);
    this.#show(before.image, { failed: true, timestampMs: before.timestampMs });
  }

  #show(image: ImageSource, facts: { failed?: boolean; timestampMs: number | undefined }): void {
    const before = this.screenshots.at(-1);
    if (this.#click && before) before.click = this.#click;
    const caption = sentence(this.#captions);
    this.screenshots.push(
      withoutUndefined({
        image,
        number: this.screenshots.length + 1,
        caption,
        url: this.#url,
        ...facts,
      }) as DescribedScreenshot,
    );
    this.#captions = [];
    this.#click = undefined;
  }
}

/** Whether a text begins with an entry of a session, so that other texts need not be read completely. */
async function beginsWithEntry(file: RecordFile): Promise<boolean> {
  const head = await (await file.blob()).slice(0, HEAD_BYTES).text();
  return /^\s*### (?:Tool call|User action): /.test(head);
}

/** Joins several calls to one caption. */
function sentence(captions: readonly string[]): string | undefined {
  if (captions.length === 0) return undefined;
  return captions.map((text, i) => (i === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(", ");
}

/**
 * Returns the pictures that the session names, and those with the server's own names in the folder above, so that they do not become
 * another run.
 */
function pictureFiles(entries: readonly SessionEntry[], main: RecordFile, files: RecordFiles): RecordFile[] {
  const named = entries
    .filter(({ name }) => SCREENSHOT.test(name))
    .map((entry) => screenshotPath(entry))
    .map((reference) => (reference === undefined ? undefined : files.find(reference, main)));
  const output = main.path.split("/").slice(0, -2).join("/");
  const own = files.under(output).filter((file) => isPicture(file) && timeInFileName(file.path) !== undefined);
  const beside = own.filter(({ path }) => path.slice(output.length).replace(/^\//, "").split("/").length === 1);
  return [...new Set([...named, ...beside])].filter((file) => file !== undefined);
}
