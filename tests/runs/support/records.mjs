// Records of real tools, cut down, and what their screenshots show: the strip at the top of the page that they are of.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { importSource } from "../../node/support/source.mjs";

const RECORDS = new URL("../../fixtures/records/", import.meta.url);
const STATES = {
  0: [31, 119, 180],
  1: [255, 127, 14],
  2: [44, 160, 44],
  3: [214, 39, 40],
  4: [148, 103, 188],
  blank: [255, 255, 255],
};

const { "runs/read-runs": reader, errors } = await importSource("runs/read-runs", "errors");
export const { readRuns } = reader;
export const { TaskGifError } = errors;

/** Where a fixture is. */
export const recordPath = (name) => fileURLToPath(new URL(name, RECORDS));

/** A fixture as a file. */
export const recordFile = (name) => new File([readFileSync(recordPath(name))], basename(name));

/** The state of the page that a screenshot shows. */
export async function stateOf({ image }) {
  const source = typeof image === "function" ? await image() : image;
  const picture = await loadImage(Buffer.from(await source.arrayBuffer()));
  const canvas = createCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  return stateOfPixel(context.getImageData(picture.width - 5, 4, 1, 1).data);
}

/** The state that a pixel of the strip tells. */
export function stateOfPixel([red, green, blue]) {
  const distance = ([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
  return Object.keys(STATES).reduce((a, b) => (distance(STATES[b]) < distance(STATES[a]) ? b : a));
}

/** The states that a run shows, one letter each. */
export async function statesOf(run) {
  const states = [];
  for (const screenshot of run.screenshots) states.push(await stateOf(screenshot));
  return states.join("");
}

/** A zip archive with stored entries, as `[name, bytes or text]`; `edit` may damage the central directory's fields. */
export function zipOf(entries, edit = () => ({})) {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const path = encoder.encode(name);
    const fields = { size: bytes.length, packed: bytes.length, flags: 0x800, method: 0, ...edit(name) };
    const shared = (view, at) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, fields.flags, true);
      view.setUint16(at + 4, fields.method, true);
      view.setUint32(at + 14, fields.packed, true);
      view.setUint32(at + 18, fields.size, true);
      view.setUint16(at + 22, path.length, true);
    };
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    shared(local, 4);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    shared(entry, 6);
    entry.setUint32(42, offset, true);
    parts.push(local, path, bytes);
    directory.push(entry, path);
    offset += 30 + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.byteLength, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new File([...parts, ...directory, end], "record.zip");
}
