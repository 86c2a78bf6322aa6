// Records of real tools, cut down, and what their screenshots show: the strip at the top of the page that they are of.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { importSource } from "../../node/support/source.mjs";

export { zipOf } from "./zip.mjs";

const RECORDS = new URL("../../fixtures/records/", import.meta.url);
const STATES = {
  0: [31, 119, 180],
  1: [255, 127, 14],
  2: [44, 160, 44],
  3: [214, 39, 40],
  4: [148, 103, 188],
  blank: [255, 255, 255],
};

const { "runs/read-runs": reader, "task-gif-error": errors } = await importSource("runs/read-runs", "task-gif-error");
export const { readRuns } = reader;
export const { TaskGifError } = errors;

/** Where a fixture is. */
export const recordPath = (name) => fileURLToPath(new URL(name, RECORDS));

/** A fixture as a file. */
export const recordFile = (name) => new File([readFileSync(recordPath(name))], basename(name));

/** The state of the page that a screenshot shows. */
export async function stateOf({ image }) {
  const source = typeof image === "function" ? await image() : image;
  const isBase64 = typeof source === "string";
  const bytes = isBase64 ? Buffer.from(source.replace(/^data:.*,/, ""), "base64") : await source.arrayBuffer();
  const picture = await loadImage(Buffer.from(bytes));
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
