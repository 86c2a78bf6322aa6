// Compares what was drawn with the golden pictures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fromPng } from "./in-node.mjs";

const FOLDER = new URL("../../fixtures/goldens/captions/", import.meta.url);
/** Side of the squares that are compared by their mean. */
const SQUARE = 8;

/** How different a picture may be from its golden one: where the same engine draws it, and where another does. */
export const SAME_ENGINE = { mean: 0.6, most: 30 };
export const OTHER_ENGINE = { mean: 3.2, most: 60 };

/** Fails unless a picture is like its golden one. */
export async function assertLike(name, drawn, like) {
  const { mean, most } = await difference(name, drawn);
  assert.ok(mean <= like.mean && most <= like.most, `${name} is off by ${mean.toFixed(2)}, at most ${most.toFixed(1)}`);
}

const goldenPath = (name) => fileURLToPath(new URL(`${name}.png`, FOLDER));

/**
 * How far a picture is from its golden one: of all squares, the mean and the largest difference of their mean colors.
 * Edges of letters differ a little between machines, but where a line is and what it says must not.
 */
export async function difference(name, drawn) {
  const golden = await fromPng(readFileSync(goldenPath(name)));
  assert.deepEqual([drawn.width, drawn.height], [golden.width, golden.height], name);
  const { width, height } = drawn;
  let [sum, most, squares] = [0, 0, 0];
  for (let top = 0; top < height; top += SQUARE) {
    for (let left = 0; left < width; left += SQUARE) {
      const [a, b] = [drawn.rgba, golden.rgba].map((rgba) => mean(rgba, width, height, left, top));
      const off = Math.max(...a.map((value, c) => Math.abs(value - b[c])));
      sum += off;
      most = Math.max(most, off);
      squares++;
    }
  }
  return { mean: sum / squares, most };
}

function mean(rgba, width, height, left, top) {
  const sum = [0, 0, 0];
  let pixels = 0;
  for (let y = top; y < Math.min(top + SQUARE, height); y++) {
    for (let x = left; x < Math.min(left + SQUARE, width); x++) {
      for (let c = 0; c < 3; c++) sum[c] += rgba[4 * (y * width + x) + c];
      pixels++;
    }
  }
  return sum.map((value) => value / pixels);
}
