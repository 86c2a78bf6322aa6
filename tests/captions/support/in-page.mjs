// What the tests do inside a page; bundled with the modules of src/js/captions.
import { browserCanvases } from "../../../src/js/captions/canvas.ts";
import * as layout from "../../../src/js/captions/layout.ts";
import * as overlays from "../../../src/js/captions/overlays.ts";
import * as readCanvas from "../../../src/js/captions/read-canvas.ts";
import * as textRenderer from "../../../src/js/captions/text-renderer.ts";
import * as theme from "../../../src/js/captions/theme.ts";
import { CASES } from "./cases.mjs";
import { blocked, drawCase, noisy, toText } from "./draw.mjs";
import { paintLogo } from "./paint-logo.mjs";

const source = { layout, overlays, readCanvas, textRenderer, theme };
let tools;

/** Loads fonts given as base64. */
export async function prepare(faces) {
  for (const { family, range, base64 } of faces) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const face = new FontFace(family, bytes, { weight: "100 900", ...(range && { unicodeRange: range }) });
    document.fonts.add(await face.load());
  }
  const family = faces.map((face) => `"${face.family}"`).join(", ");
  tools = { canvases: browserCanvases, family, logo: await drawLogo() };
}

/** A case as base64 of its pixels. */
export function draw(name) {
  const { width, height, rgba } = drawCase(
    source,
    tools,
    CASES.find((scene) => scene.name === name),
  );
  let letters = "";
  for (let i = 0; i < rgba.length; i += 8192) letters += String.fromCharCode(...rgba.subarray(i, i + 8192));
  return { width, height, base64: btoa(letters) };
}

/** Names of the cases whose overlays differ when what is read back is a little off. */
export function changedByNoise(seed) {
  const drawn = (canvases) => CASES.map((scene) => toText(drawCase(source, { ...tools, canvases }, scene).overlays));
  const [plain, changed] = [drawn(browserCanvases), drawn(noisy(browserCanvases, seed))];
  return CASES.filter((_, i) => plain[i] !== changed[i]).map(({ name }) => name);
}

/** What a canvas that cannot be read back fails with. */
export function failureWhenBlocked() {
  try {
    return String(new textRenderer.TextRenderer(tools.family, blocked(browserCanvases)));
  } catch (error) {
    return error.message;
  }
}

async function drawLogo() {
  const context = browserCanvases.create(120, 60);
  paintLogo(context);
  return { source: await createImageBitmap(context.canvas), width: 120, height: 60 };
}
