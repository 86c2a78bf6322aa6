#!/usr/bin/env node
// Draws the pictures of the guide "How the encoder works" out of two screenshots and the GIFs that are made of them.
//
//   npm run build && node scripts/record-encoder.mjs [folder, by default www/media]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { imagesOf } from "./lib/gif-parts.mjs";
import { ROOT } from "./lib/process.mjs";
import { kilobytes, main, say } from "./lib/report.mjs";

const SAMPLE = join(ROOT, "www/public/tasks/freight-console");
const GAP = 12;
const ACCENT = "#e0218a";
const SWATCH = 22;
/** A part of the page that shows a box over a chart, with what surrounds it. */
const CHART = { left: 430, top: 340, width: 320, height: 270 };
/** A part with gradients and edges. */
const SUNSET = { left: 900, top: 370, width: 130, height: 130 };

await main(async () => {
  const folder = argv[2] ?? join(ROOT, "www/media");
  const { assembleGif } = await import("task-gif");
  const [dusk, before, after] = ["001.png", "004.png", "005.png"].map((name) => readFileSync(join(SAMPLE, name)));
  const imageOf = async (screenshots, options, index) => {
    const { blob } = await assembleGif(screenshots, { skipBlank: false, ...options });
    return imagesOf(new Uint8Array(await blob.arrayBuffer()))[index];
  };
  const second = await imageOf([before, after], {}, 1);
  const pages = await Promise.all([before, after].map((bytes) => pixels(bytes, CHART)));
  write(folder, "encoder-source.png", row(pages));
  write(folder, "encoder-changes.png", row([changes(...pages, second), stored(second)]));
  write(folder, "encoder-palette.png", swatches(second));

  // The third is as lossy as a size limit makes it before the picture gets smaller.
  const looks = [await pixels(dusk, SUNSET)];
  for (const lossy of [0, 60]) looks.push(stored(await imageOf([before, dusk], { lossy }, 1), SUNSET));
  write(folder, "encoder-lossy.png", row(looks.map((canvas) => enlarged(canvas, 2))));
});

async function pixels(bytes, { left, top, width, height }) {
  const canvas = createCanvas(width, height);
  canvas.getContext("2d").drawImage(await loadImage(bytes), -left, -top);
  return canvas;
}

/** The page faded, changed pixels marked, and the rectangle that is stored around them. */
function changes(before, after, { left, top, width, height }) {
  const canvas = createCanvas(after.width, after.height);
  const context = canvas.getContext("2d");
  const [old, now] = [before, after].map((one) => data(one));
  const marked = context.createImageData(after.width, after.height);
  for (let at = 0; at < now.length; at += 4) {
    const isSame = [0, 1, 2].every((channel) => old[at + channel] === now[at + channel]);
    const color = isSame ? [0, 1, 2].map((channel) => 255 - (255 - now[at + channel]) * 0.35) : [0xe0, 0x21, 0x8a];
    marked.data.set([...color, 255], at);
  }
  context.putImageData(marked, 0, 0);
  context.strokeStyle = ACCENT;
  context.lineWidth = 2;
  context.strokeRect(left - CHART.left - 1, top - CHART.top - 1, width + 2, height + 2);
  return canvas;
}

/** An image as the file has it, at its place in a part of the page; what shows the frame before is checkered. */
function stored({ left, top, width, palette, transparent, indices }, part = CHART) {
  const canvas = createCanvas(part.width, part.height);
  const context = canvas.getContext("2d");
  checker(context, part);
  indices.forEach((index, at) => {
    const [x, y] = [left + (at % width) - part.left, top + Math.floor(at / width) - part.top];
    if (index === transparent || x < 0 || y < 0 || x >= part.width || y >= part.height) return;
    context.fillStyle = css(palette[index]);
    context.fillRect(x, y, 1, 1);
  });
  return canvas;
}

function checker(context, { width, height }) {
  const size = 6;
  for (let y = 0; y < height; y += size) {
    for (let x = 0; x < width; x += size) {
      context.fillStyle = (x + y) % (2 * size) === 0 ? "#ffffff" : "#d5d9e0";
      context.fillRect(x, y, size, size);
    }
  }
}

/** The color table of an image, 16 in a row. */
function swatches({ palette, transparent, indices }) {
  const used = new Set(indices);
  const colors = palette.filter((_, index) => used.has(index) && index !== transparent);
  const canvas = createCanvas(16 * SWATCH, Math.ceil(colors.length / 16) * SWATCH);
  const context = canvas.getContext("2d");
  colors.forEach((color, at) => {
    context.fillStyle = css(color);
    context.fillRect((at % 16) * SWATCH, Math.floor(at / 16) * SWATCH, SWATCH - 2, SWATCH - 2);
  });
  return canvas;
}

function row(parts) {
  const width = parts.reduce((sum, part) => sum + part.width + GAP, -GAP);
  const canvas = createCanvas(width, Math.max(...parts.map((part) => part.height)));
  let left = 0;
  for (const part of parts) {
    canvas.getContext("2d").drawImage(part, left, 0);
    left += part.width + GAP;
  }
  return canvas;
}

function enlarged(part, times) {
  const canvas = createCanvas(part.width * times, part.height * times);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = false;
  context.drawImage(part, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function write(folder, name, canvas) {
  const bytes = canvas.toBuffer("image/png");
  writeFileSync(join(folder, name), bytes);
  say("picture", `${name}, ${canvas.width} x ${canvas.height}, ${kilobytes(bytes.length)}`);
}

function data(canvas) {
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
}

function css(color) {
  return `#${color.toString(16).padStart(6, "0")}`;
}
