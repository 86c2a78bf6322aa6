import type { RunsLimits } from "../read-options.ts";
import type { RecordFile } from "../record-format.ts";
import type { RunWarning } from "../run.ts";
import { type FileKind, HEAD_BYTES, kindByName, kindOf } from "./file-kind.ts";
import type { FileSource } from "./file-source.ts";
import { valueDepth } from "./json-depth.ts";
import { withinLimit } from "./limits.ts";
import { parseJson } from "./parse-limited-json.ts";
import { type LineFilter, readLines } from "./read-lines.ts";
import { nameOf } from "./record-path.ts";
import { utf8Source } from "./utf8-source.ts";

const paths = new WeakMap<object, string>();

/** Returns the path of a picture that comes from `RecordFile.image`, for messages. */
export function picturePath(image: unknown): string | undefined {
  return typeof image === "function" ? paths.get(image) : undefined;
}

/** A file of a record, read from a source. */
export class OpenedFile implements RecordFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly modifiedMs?: number;
  readonly kind: FileKind;
  readonly warnings: RunWarning[] = [];
  readonly #source: FileSource;
  readonly #limits: Required<RunsLimits>;
  #json?: Promise<unknown>;

  private constructor(source: FileSource, path: string, kind: FileKind, limits: Required<RunsLimits>) {
    this.path = path;
    this.name = nameOf(path);
    this.size = source.size;
    if (source.modifiedMs !== undefined) this.modifiedMs = source.modifiedMs;
    this.kind = kind;
    this.#source = source;
    this.#limits = limits;
  }

  /** Opens a source: reads its first bytes to find its kind. `path` is its path in the record. */
  static async open(source: FileSource, path: string, limits: Required<RunsLimits>): Promise<OpenedFile> {
    const known = kindWithoutLook(source);
    if (known) return new OpenedFile(source, path, known, limits);
    const head = await source.head(HEAD_BYTES);
    const kind = kindOf(head);
    return new OpenedFile(utf8Source(source, kind, head, limits), path, kind, limits);
  }

  blob(): Promise<Blob> {
    return this.#source.blob();
  }

  async text(): Promise<string> {
    withinLimit(this.size, "textBytes", this.#limits, `bytes of text in ${this.path}`);
    const bytes = await (await this.blob()).arrayBuffer();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      const message = `${this.path} is not in UTF-8: it was read as Windows-1252, and letters may be wrong`;
      if (this.warnings.length === 0) this.warnings.push({ code: "MEANING_GUESSED", message });
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  json(): Promise<unknown> {
    this.#json ??= this.#readJson();
    return this.#json;
  }

  async *lines(wants?: LineFilter): AsyncGenerator<string> {
    yield* readLines(await this.#source.stream(), this.#limits, this.path, wants);
  }

  image(): () => Promise<Blob> {
    const read = async () => {
      withinLimit(this.size, "imageBytes", this.#limits, `bytes in the picture ${this.path}`);
      return this.#source.blob(true);
    };
    paths.set(read, this.path);
    return read;
  }

  async #readJson(): Promise<unknown> {
    const { value } = this.#source;
    if (value === undefined) {
      return parseJson(await this.text(), this.#limits, this.path, () => {
        const message = `the last line of ${this.path} is cut off, and left out`;
        this.warnings.push({ code: "RECORD_UNFINISHED", message });
      });
    }
    withinLimit(
      valueDepth(value, this.#limits.jsonDepth),
      "jsonDepth",
      this.#limits,
      `levels of nesting in ${this.path}`,
    );
    return value;
  }
}

/** Returns the kind of a source whose bytes need not be read. */
function kindWithoutLook(source: FileSource): FileKind | undefined {
  if (source.value !== undefined) return "json";
  if (source.size === 0) return "empty";
  return source.trustsName ? kindByName(source.path) : undefined;
}
