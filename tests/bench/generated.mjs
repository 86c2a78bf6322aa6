// Screenshots of a task that never was: pages of text, cards and pictures, with small steps in between. The same every
// time, of any size and number, so that what is measured with them can be measured again.
import { crc32, deflateSync } from "node:zlib";

/** Steps on one page before the next one is opened. */
const STEPS_A_PAGE = 8;
const LINE = 18;

/** The screenshots as PNG blobs, one after another. */
export function* generatedScreenshots({ count, width, height }) {
  let page;
  for (let step = 0; step < count; step++) {
    const [number, place] = [Math.floor(step / STEPS_A_PAGE), step % STEPS_A_PAGE];
    if (place === 0) page = drawPage(width, height, number);
    else drawStep(page, number, place);
    yield new Blob([png(page)], { type: "image/png" });
  }
}

function drawPage(width, height, number) {
  const page = { width, height, pixels: new Uint8Array(width * height * 3) };
  const isDark = number % 3 === 2;
  const [paper, ink] = isDark ? [[30, 32, 38], 220] : [[250, 250, 252], 40];
  fill(page, 0, 0, width, height, paper);
  fill(page, 0, 0, width, 56, isDark ? [20, 22, 26] : [36, 70, 130]);
  fill(page, 0, 56, Math.floor(width / 5), height, isDark ? [38, 41, 48] : [238, 240, 245]);
  text(page, 16, 80, Math.floor(width / 5) - 32, height - 100, ink, number * 7919 + 1);
  const left = Math.floor(width / 5) + 24;
  const half = Math.floor((width - left) / 2);
  text(page, left, 80, half - 24, height - 100, ink, number * 104_729 + 2);
  // Every other page has a picture: soft shapes with grain, as photographs have.
  if (number % 2 === 1) picture(page, left + half, 80, half - 24, Math.floor(height / 2), number);
  else text(page, left + half, 80, half - 24, height - 100, ink, number * 1_299_709 + 3);
  return page;
}

/** A field fills, a row is marked, a dialog opens and closes. */
function drawStep(page, number, place) {
  const { width, height } = page;
  const left = Math.floor(width / 5) + 24;
  if (place === 5) fill(page, width / 4, height / 4, width / 2, height / 3, [255, 255, 255]);
  if (place === 5) text(page, width / 4 + 24, height / 4 + 24, width / 2 - 48, height / 3 - 48, 50, number + 11);
  if (place === 6) fill(page, width / 4, height / 4, width / 2, height / 3, [244, 246, 250]);
  fill(page, left, 64 + place * LINE * 2, 260, LINE, [255, 240, 200]);
  text(page, left, 64 + place * LINE * 2, 30 * place, LINE, 30, number * 31 + place);
}

function fill({ width, height, pixels }, left, top, w, h, color) {
  const [right, bottom] = [Math.min(Math.floor(left + w), width), Math.min(Math.floor(top + h), height)];
  const first = (Math.floor(top) * width + Math.floor(left)) * 3;
  const bytes = (right - Math.floor(left)) * 3;
  for (let at = first; at < first + bytes; at += 3) pixels.set(color, at);
  for (let y = Math.floor(top) + 1; y < bottom; y++) {
    pixels.copyWithin((y * width + Math.floor(left)) * 3, first, first + bytes);
  }
}

/** Words of strokes with soft edges. */
function text({ width, height, pixels }, left, top, w, h, ink, seed) {
  const random = generator(seed);
  const bottom = Math.min(top + h - LINE, height - LINE);
  for (let y = Math.floor(top); y <= bottom; y += LINE) {
    const end = Math.min(left + w * (0.5 + random() / 2), width - 8);
    for (let x = Math.floor(left); x < end; x += 8) {
      const glyph = Math.floor(random() * 2 ** 30);
      if (glyph % 6 === 0) continue;
      for (let row = 0; row < 10; row++) {
        for (let column = 0; column < 6; column++) {
          const coverage = ((glyph >> ((row * 3 + column) % 28)) & 3) / 3;
          const at = ((y + row) * width + x + column) * 3;
          for (let i = at; i < at + 3; i++) pixels[i] = Math.round(pixels[i] + (ink - pixels[i]) * coverage);
        }
      }
    }
  }
}

function picture({ width, height, pixels }, left, top, w, h, seed) {
  const random = generator(seed);
  for (let y = top; y < Math.min(top + h, height); y++) {
    for (let x = left; x < Math.min(left + w, width); x++) {
      const grain = random() * 14;
      const wave = Math.sin(x / 61 + seed) + Math.cos(y / 43 - seed);
      pixels.set(
        [110 + 50 * wave + grain, 120 + 40 * Math.sin(wave * 2) + grain, 90 + (80 * (y - top)) / h + grain],
        (y * width + x) * 3,
      );
    }
  }
}

function generator(seed) {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** PNG (ISO/IEC 15948): eight-bit RGB, rows unfiltered. */
function png({ width, height, pixels }) {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++)
    rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
