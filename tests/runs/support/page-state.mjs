// What a record's pictures show: the page they were made of has a strip at its top whose color is its state.
import { createCanvas, loadImage } from "@napi-rs/canvas";

/** Colors of the strip: nothing ordered, typing, item added, ordered. */
const STATES = { 0: [31, 119, 180], 1: [255, 127, 14], 2: [44, 160, 44], 3: [214, 39, 40], blank: [255, 255, 255] };

/** The states that a run's pictures show, in order, as one text. */
export async function statesOf(run) {
  const states = [];
  for (const { image } of run.screenshots) states.push(await stateOf(image));
  return states.join("");
}

async function stateOf(image) {
  const source = typeof image === "function" ? await image() : image;
  const picture = await loadImage(typeof source === "string" ? source : Buffer.from(await source.arrayBuffer()));
  const context = createCanvas(picture.width, picture.height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(picture.width - 3, 1, 1, 1);
  const distance = (color) => color.reduce((sum, value, i) => sum + (value - data[i]) ** 2, 0);
  return Object.keys(STATES).reduce((a, b) => (distance(STATES[b]) < distance(STATES[a]) ? b : a));
}
