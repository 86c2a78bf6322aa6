// Small pictures that differ from step to step as screenshots do, as PNG files, from a seed.
import { deflateSync } from "node:zlib";
import { PNG_END, png, pngChunk } from "./chunks.mjs";

/** Random numbers from 0 to 1 that are the same every time. */
export function generator(seed) {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A whole number from `low` to `high`. */
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** A picture as a PNG; `rgb` has three bytes a pixel. */
export function pngOf(rgb, width, height) {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) rgb.copy(rows, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  return png({ width, height }, pngChunk("IDAT", deflateSync(rows, { level: 1 })), PNG_END);
}

/**
 * The pictures of one animation, `{ width, height, pictures }` with three bytes a pixel: boxes of few colors or of
 * noise come, go and come back; some pictures are the one before, or the one before that.
 */
export function animation(seed, { most = 12, side = 96, count } = {}) {
  const random = generator(seed);
  const [width, height] = [between(random, 1, side), between(random, 1, side)];
  const colors = Array.from({ length: 2 ** between(random, 1, 8) }, () => between(random, 0, 0xffffff));
  const spread = seed % 5 === 0 ? undefined : colors;
  const paint = (rgb, left, top, across, down) => {
    const flat = random() < 0.5;
    const color = () => (spread ? spread[Math.floor(random() * spread.length)] : between(random, 0, 0xffffff));
    let value = color();
    for (let y = top; y < top + down; y++) {
      for (let x = left; x < left + across; x++) {
        if (!flat) value = color();
        rgb.writeUIntBE(value, (y * width + x) * 3, 3);
      }
    }
  };
  const first = Buffer.alloc(width * height * 3);
  paint(first, 0, 0, width, height);
  const pictures = [first];
  const length = count ?? between(random, 2, most);
  while (pictures.length < length) {
    const kind = random();
    const base = kind < 0.15 && pictures.length > 1 ? pictures.at(-2) : pictures.at(-1);
    const next = Buffer.from(base);
    if (kind >= 0.25) {
      const isDot = random() < 0.2;
      const [left, top] = [between(random, 0, width - 1), between(random, 0, height - 1)];
      const across = isDot ? 1 : between(random, 1, width - left);
      paint(next, left, top, across, isDot ? 1 : between(random, 1, height - top));
    }
    pictures.push(next);
  }
  return { width, height, pictures };
}

/** The same as screenshots. */
export function screenshots(seed, options) {
  const { width, height, pictures } = animation(seed, options);
  return pictures.map((rgb) => new Blob([pngOf(rgb, width, height)], { type: "image/png" }));
}

/** Options of an assembly, from a seed. */
export function optionsOf(seed) {
  const random = generator(seed + 7777);
  const pick = (...values) => values[Math.floor(random() * values.length)];
  return {
    effort: pick("fast", "balanced", "smallest"),
    delay: pick(20, 100, 250, 1000, "readable"),
    repeat: pick("infinite", 1, 3),
    fit: pick("contain", "none"),
    compat: pick(true, false),
    keepDuplicates: pick(true, false, false),
    minFrames: 1,
    ...pick({}, {}, { maxColors: pick(2, 3, 16, 255) }),
    ...pick({}, {}, { lossy: pick(0, 20, 100) }),
    ...pick({}, {}, {}, { width: 50, height: 40 }),
  };
}
