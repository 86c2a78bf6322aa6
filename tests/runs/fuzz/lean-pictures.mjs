// Replaces the pictures of fixtures by tiny ones of their kind: readers look at heads of pictures at most, and copying
// real ones would take most of the time.
import { createCanvas } from "@napi-rs/canvas";
import { unzip } from "unzipit";
import { zipOf } from "../support/zip.mjs";

/** Shorter texts of base64 stay as they are. */
const LEAST_LETTERS = 400;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

const canvas = createCanvas(8, 6);
const context = canvas.getContext("2d");
context.fillStyle = "#1f77b4";
context.fillRect(0, 0, 8, 3);
const TINY = Object.fromEntries(["png", "jpeg", "webp"].map((kind) => [kind, canvas.toBuffer(`image/${kind}`)]));

/** A copy of a record's files with tiny pictures, in archives and in base64 too. */
export async function withLeanPictures(files) {
  const lean = new Map();
  for (const [path, bytes] of files) lean.set(path, await leanFile(bytes));
  return lean;
}

async function leanFile(bytes) {
  const kind = kindOf(bytes);
  if (kind) return new Uint8Array(TINY[kind]);
  if (isZip(bytes)) return leanArchive(bytes);
  const text = decoder.decode(bytes);
  return text.includes("\ufffd") ? bytes : encoder.encode(await leanText(text));
}

async function leanArchive(bytes) {
  const { entries } = await unzip(bytes);
  const contents = [];
  for (const [name, entry] of Object.entries(entries)) {
    if (!entry.isDirectory) contents.push([name, await leanFile(new Uint8Array(await entry.arrayBuffer()))]);
  }
  return new Uint8Array(await zipOf(contents).arrayBuffer());
}

/** A text whose long runs of base64, in the alphabet of URLs too, are those of tiny pictures and of lean archives. */
async function leanText(text) {
  let lean = "";
  let end = 0;
  for (const { 0: letters, index } of text.matchAll(new RegExp(`[A-Za-z0-9+/_-]{${LEAST_LETTERS},}={0,2}`, "g"))) {
    const bytes = Buffer.from(letters, letters.includes("_") || letters.includes("-") ? "base64url" : "base64");
    const kind = kindOf(bytes);
    const replaced = kind ? TINY[kind] : isZip(bytes) && Buffer.from(await leanArchive(new Uint8Array(bytes)));
    if (!replaced) continue;
    lean += text.slice(end, index) + Buffer.from(replaced).toString("base64");
    end = index + letters.length;
  }
  return lean + text.slice(end);
}

const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

function kindOf(bytes) {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return "png";
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  return bytes[0] === 0x52 && bytes[1] === 0x49 && bytes[8] === 0x57 ? "webp" : undefined;
}
