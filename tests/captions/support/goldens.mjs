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
/** WebKit gives letters advances of whole pixels, so that only rows can be compared; a missing text is off by 17 or more. */
export const OTHER_ADVANCES = { row: 7 };

/** Fails unless a picture is like its golden one. */
export async function assertLike(name, drawn, like) {
  const found = await difference(name, drawn);
  for (const [measure, limit] of Object.entries(like)) {
    assert.ok(found[measure] <= limit, `${name} is off by ${found[measure].toFixed(2)} (${measure})`);
  }
}

const goldenPath = (name) => fileURLToPath(new URL(`${name}.png`, FOLDER));

/**
 * How far a picture is from its golden one: of all squares, the mean and the largest difference of their mean colors, and
 * the largest of whole rows of squares.
 * Edges of letters differ a little between machines, but where a line is and what it says must not.
 */
export async function difference(name, drawn) {
  const golden = await fromPng(readFileSync(goldenPath(name)));
  assert.deepEqual([drawn.width, drawn.height], [golden.width, golden.height], name);
  const { width, height } = drawn;
  const off = (left, top, side) => {
    const [a, b] = [drawn.rgba, golden.rgba].map((rgba) => mean(rgba, width, height, { left, top, side }));
    return Math.max(...a.map((value, c) => Math.abs(value - b[c])));
  };
  let [sum, most, row, squares] = [0, 0, 0, 0];
  for (let top = 0; top < height; top += SQUARE) {
    row = Math.max(row, off(0, top, width));
    for (let left = 0; left < width; left += SQUARE) {
      const found = off(left, top, SQUARE);
      sum += found;
      most = Math.max(most, found);
      squares++;
    }
  }
  return { mean: sum / squares, most, row };
}

function mean(rgba, width, height, { left, top, side }) {
  const sum = [0, 0, 0];
  let pixels = 0;
  for (let y = top; y < Math.min(top + SQUARE, height); y++) {
    for (let x = left; x < Math.min(left + side, width); x++) {
      for (let c = 0; c < 3; c++) sum[c] += rgba[4 * (y * width + x) + c];
      pixels++;
    }
  }
  return sum.map((value) => value / pixels);
}
