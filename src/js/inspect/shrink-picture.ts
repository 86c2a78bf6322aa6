import type { GifPicture } from "./gif-info.ts";

/** Scales a picture down: each pixel is the mean of the area it covers in the source, so that thin strokes stay. */
export function shrinkPicture({ width, height, data }: GifPicture, toWidth: number): GifPicture {
  const toHeight = Math.max(1, Math.round((height * toWidth) / width));
  const shrunk = new Uint8ClampedArray(toWidth * toHeight * 4);
  const columns = areas(width, toWidth);
  areas(height, toHeight).forEach((rows, y) => {
    columns.forEach((cells, x) => {
      const sum = [0, 0, 0, 0];
      let total = 0;
      for (const [row, rowShare] of rows) {
        for (const [column, columnShare] of cells) {
          const at = (row * width + column) * 4;
          const share = rowShare * columnShare;
          // Transparent pixels contribute no color.
          const weight = (share * data[at + 3]!) / 255;
          for (let i = 0; i < 3; i++) sum[i]! += data[at + i]! * weight;
          sum[3]! += weight;
          total += share;
        }
      }
      const to = (y * toWidth + x) * 4;
      for (let i = 0; i < 3; i++) shrunk[to + i] = sum[3]! > 0 ? sum[i]! / sum[3]! : 0;
      shrunk[to + 3] = (sum[3]! / total) * 255;
    });
  });
  return { width: toWidth, height: toHeight, data: shrunk };
}

/** For each of `to` output cells: the input cells, of `from`, that it covers, and the weight of each. */
function areas(from: number, to: number): [index: number, share: number][][] {
  const size = from / to;
  return Array.from({ length: to }, (_, cell) => {
    const [start, end] = [cell * size, Math.min(from, (cell + 1) * size)];
    const first = Math.floor(start);
    return Array.from({ length: Math.ceil(end) - first }, (_, i): [number, number] => {
      const index = first + i;
      return [index, Math.min(index + 1, end) - Math.max(index, start)];
    }).filter(([index, share]) => index < from && share > 1e-9);
  });
}
