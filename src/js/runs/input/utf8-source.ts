import type { RunsLimits } from "../read-options.ts";
import { encodingOf, type FileKind } from "./file-kind.ts";
import type { FileSource } from "./file-source.ts";
import { withinLimit } from "./limits.ts";

/** Kinds of files that are text. */
const TEXTS: ReadonlySet<FileKind> = new Set(["json", "jsonl", "html", "xml", "text"]);

/**
 * Returns the source, or for a text in UTF-16 a source that converts it to UTF-8, so that formats only handle UTF-8. The whole text
 * is converted when it is first read.
 *
 * @param head The first bytes of the source.
 */
export function utf8Source(
  source: FileSource,
  kind: FileKind,
  head: Uint8Array,
  limits: Required<RunsLimits>,
): FileSource {
  const encoding = encodingOf(head);
  if (encoding === "utf-8" || !TEXTS.has(kind)) return source;
  let converted: Promise<Blob> | undefined;
  const convert = async () => {
    withinLimit(source.size, "textBytes", limits, `bytes of text in ${source.path}`);
    const bytes = await (await source.blob()).arrayBuffer();
    return new Blob([new TextDecoder(encoding).decode(bytes)]);
  };
  const blob = () => (converted ??= convert());
  return {
    ...source,
    head: async (bytes) => new Uint8Array(await (await blob()).slice(0, bytes).arrayBuffer()),
    blob,
    stream: async () => (await blob()).stream(),
  };
}
