// Captions in Node: the modules, fonts and canvases that the tests and the golden pictures share.
import { createCanvas, GlobalFonts, loadImage } from "@napi-rs/canvas";
import { importSource } from "../../node/support/source.mjs";
import { SCRIPTS } from "./cases.mjs";
import { facesFor, familyList } from "./fonts.mjs";
import { paintLogo } from "./paint-logo.mjs";

const MODULES = [
  "fit-lines",
  "layout",
  "line-break",
  "overlays",
  "read-canvas",
  "rounded-box",
  "text-renderer",
  "theme",
  "unicode",
];

const camelCase = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** The modules of src/js/captions by their names in camel case. */
export async function importCaptions() {
  const found = await importSource(...MODULES.map((name) => `captions/${name}`));
  return Object.fromEntries(MODULES.map((name) => [camelCase(name), found[`captions/${name}`]]));
}

/** What cases are drawn with: canvases, the test's own fonts and a logo. */
export async function tools() {
  const faces = facesFor([...Object.values(SCRIPTS), "0123456789 /…"]);
  for (const { family, path } of faces) GlobalFonts.registerFromPath(path, family);
  const create = (width, height) => createCanvas(width, height).getContext("2d", { willReadFrequently: true });
  return { canvases: { create }, family: familyList(faces), logo: await drawLogo() };
}

async function drawLogo() {
  const canvas = createCanvas(120, 60);
  paintLogo(canvas.getContext("2d"));
  const source = await loadImage(canvas.toBuffer("image/png"));
  return { source, width: 120, height: 60 };
}

/** PNG of RGBA pixels. */
export function toPng({ width, height, rgba }) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const data = context.createImageData(width, height);
  data.data.set(rgba);
  context.putImageData(data, 0, 0);
  return canvas.toBuffer("image/png");
}

/** RGBA pixels of a PNG. */
export async function fromPng(bytes) {
  const { width, height } = await loadImage(bytes);
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(await loadImage(bytes), 0, 0);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
