/** Kind of a file, by its first bytes. */
export type FileKind =
  | "png"
  | "jpeg"
  | "webp"
  | "gif"
  | "avif"
  | "heic"
  | "bmp"
  | "tiff"
  | "icon"
  | "zip"
  | "gzip"
  | "tar"
  | "archive"
  | "json"
  | "jsonl"
  | "html"
  | "xml"
  | "text"
  | "pdf"
  | "video"
  | "database"
  | "table"
  | "array"
  | "pickle"
  | "binary"
  | "empty";

/** Number of bytes at the start of a file that are read to find its kind. */
export const HEAD_BYTES = 4096;

/** Names of kinds in messages. */
export const KIND_NAMES: { readonly [kind in FileKind]: string } = {
  png: "a PNG picture",
  jpeg: "a JPEG picture",
  webp: "a WebP picture",
  gif: "a GIF",
  avif: "an AVIF picture",
  heic: "a HEIC picture",
  bmp: "a BMP picture",
  tiff: "a TIFF picture",
  icon: "an icon",
  zip: "a zip archive",
  gzip: "a gzip archive",
  tar: "a tar archive (unpack it first)",
  archive: "an archive of another kind than zip (unpack it first)",
  json: "JSON",
  jsonl: "JSON lines",
  html: "an HTML page",
  xml: "an XML document",
  text: "text",
  pdf: "a PDF document",
  video: "a video",
  database: "an SQLite database (export its rows as JSON)",
  table: "a Parquet table",
  array: "an array of NumPy",
  pickle: "a pickle of Python, which is a program and is not opened",
  binary: "bytes of an unknown kind",
  empty: "an empty file",
};

/** Number of bytes that contain all signatures. */
const SIGNATURE_BYTES = 512;

/** A signature: byte sequences (one character a byte) and their positions. All must match. */
type Signature = readonly (readonly [at: number, bytes: string])[];

const SIGNATURES: readonly (readonly [FileKind, Signature])[] = [
  ["png", [[0, "\x89PNG\r\n\x1a\n"]]],
  ["jpeg", [[0, "\xff\xd8\xff"]]],
  [
    "webp",
    [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  ],
  ["gif", [[0, "GIF87a"]]],
  ["gif", [[0, "GIF89a"]]],
  ["avif", [[4, "ftypavif"]]],
  ["avif", [[4, "ftypavis"]]],
  ["heic", [[4, "ftyphei"]]],
  ["heic", [[4, "ftyphev"]]],
  ["heic", [[4, "ftypmif1"]]],
  ["tiff", [[0, "II*\0"]]],
  ["tiff", [[0, "MM\0*"]]],
  ["icon", [[0, "\0\0\x01\0"]]],
  [
    "bmp",
    [
      [0, "BM"],
      [6, "\0\0\0\0"],
    ],
  ],
  ["zip", [[0, "PK\x03\x04"]]],
  ["zip", [[0, "PK\x05\x06"]]],
  ["gzip", [[0, "\x1f\x8b\x08"]]],
  ["archive", [[0, "7z\xbc\xaf\x27\x1c"]]],
  ["archive", [[0, "Rar!\x1a\x07"]]],
  ["archive", [[0, "\x28\xb5\x2f\xfd"]]],
  ["archive", [[0, "\xfd7zXZ\0"]]],
  [
    "archive",
    [
      [0, "BZh"],
      [4, "1AY&SY"],
    ],
  ],
  ["database", [[0, "SQLite format 3\0"]]],
  ["table", [[0, "PAR1"]]],
  ["array", [[0, "\x93NUMPY"]]],
  ["pickle", [[0, "\x80\x02"]]],
  ["pickle", [[0, "\x80\x03"]]],
  ["pickle", [[0, "\x80\x04\x95"]]],
  ["pickle", [[0, "\x80\x05\x95"]]],
  ["pdf", [[0, "%PDF-"]]],
  ["tar", [[257, "ustar"]]],
  ["video", [[0, "\x1a\x45\xdf\xa3"]]],
  ["video", [[4, "ftyp"]]],
  ["video", [[0, "OggS"]]],
  [
    "video",
    [
      [0, "RIFF"],
      [8, "AVI "],
    ],
  ],
];

/** Kinds by extension, used in archives. The first bytes of other files are read. */
const BY_EXTENSION: { readonly [extension: string]: FileKind } = {
  png: "png",
  jpg: "jpeg",
  jpeg: "jpeg",
  webp: "webp",
  gif: "gif",
  avif: "avif",
  webm: "video",
  mp4: "video",
  css: "text",
  js: "text",
  mjs: "text",
  svg: "xml",
  ico: "binary",
  woff: "binary",
  woff2: "binary",
  ttf: "binary",
  dat: "binary",
};

/** Whether the file can be a screenshot. */
export function isPicture({ kind }: { readonly kind: FileKind }): boolean {
  return kind === "png" || kind === "jpeg" || kind === "webp" || kind === "gif";
}

/** Whether a file has the extension of a picture; its content is not read. */
export const hasPictureName = (name: string): boolean => /\.(?:png|jpe?g|jfif|webp|gif)$/i.test(name);

/** Returns the kind by the extension of a name, if it is one of these. */
export function kindByName(name: string): FileKind | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return extension !== undefined && Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
}

/** Returns the kind of a file by `head`, its first `HEAD_BYTES` bytes or all of them. */
export function kindOf(head: Uint8Array): FileKind {
  if (head.length === 0) return "empty";
  const bytes = latin1(head.subarray(0, SIGNATURE_BYTES));
  const known = SIGNATURES.find(([, signature]) => signature.every(([at, part]) => bytes.startsWith(part, at)));
  if (known) return known[0];
  const text = asText(head);
  return text === undefined ? "binary" : kindOfText(text);
}

function kindOfText(text: string): FileKind {
  const start = text.trimStart();
  if (start.startsWith("{") || start.startsWith("[")) return isJsonLines(start) ? "jsonl" : "json";
  if (!start.startsWith("<")) return "text";
  if (/^<!doctype\s+html|<(?:html|head|body)[\s>]/i.test(start)) return "html";
  return /^<(?:\?xml|!--|!doctype|[a-z])/i.test(start) ? "xml" : "text";
}

/** Whether the first line is a whole JSON value and another one follows it. */
function isJsonLines(text: string): boolean {
  const end = text.indexOf("\n");
  if (end < 0 || !/^\s*[{[]/.test(text.slice(end))) return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

/**
 * Decodes the head as text: UTF-8, UTF-16 with a byte order mark, or Windows-1252 if it begins like a record. `undefined` if it is no
 * text.
 */
function asText(head: Uint8Array): string | undefined {
  const text = new TextDecoder(encodingOf(head)).decode(head);
  const rest = head.length < HEAD_BYTES ? text : text.slice(0, -4); // the cut may go through a character
  if (!rest.includes("\0") && !rest.includes("\ufffd")) return text;
  const older = new TextDecoder("windows-1252").decode(head);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them
  return /^\s*[[{<]/.test(older) && !/[\u0000-\u0008\u000e-\u001f]/.test(older) ? older : undefined;
}

/** Returns the encoding by the byte order mark; UTF-8 without one. */
export function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
}

/** Whether a file with this head may be a record that names other files: JSON, HTML, XML, Markdown. */
export const mayNameFiles = (head: Uint8Array): boolean =>
  /^\s*[[{<#]/.test(new TextDecoder(encodingOf(head)).decode(head));

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
