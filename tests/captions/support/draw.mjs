// Draws a case of cases.mjs to pixels. Runs in Node and inside pages; `source` has the modules of src/js/captions.
import { textOf } from "./cases.mjs";

/**
 * The screen of a case as RGBA: `{ width, height, rgba, overlays }`. `canvases` are where it is drawn, `family` the
 * fonts, `logo` a decoded picture.
 */
export function drawCase(source, { canvases, family, logo }, scene) {
  const { layout: layouts, theme: themes } = source;
  const { captions = true, position = "below", maxLines = 2 } = scene;
  const wishes = {
    captions: captions && scene.title === undefined,
    position,
    maxLines,
    badge: scene.badge !== undefined,
    logo: scene.logo ?? false,
  };
  const barPx = layouts.barHeight(scene.width, wishes);
  const screen = { width: scene.width, height: scene.height + barPx };
  const theme = themes.themeOf(scene.theme, 0, position);
  const painter = new source.overlays.OverlayPainter(new source.textRenderer.TextRenderer(family, canvases), {
    layout: layouts.layOut(
      screen,
      { left: 0, top: 0, width: scene.width, height: scene.height },
      scene.progress ? progressPx(screen) : 0,
    ),
    theme,
    maxLines,
    widestBadge: scene.badge && "88 / 88",
    logo: scene.logo ? logo : undefined,
  });
  if (scene.title !== undefined) {
    const { blank, overlays } = painter.title(textOf(scene.title));
    return { ...screen, overlays, rgba: painted(screen, () => blank, overlays) };
  }
  const overlays = painter.step({ caption: textOf(scene.caption), badge: scene.badge });
  if (scene.progress) overlays.push(...progressBar(screen, theme));
  return { ...screen, overlays, rgba: painted(screen, page, overlays) };
}

const progressPx = ({ width }) => Math.max(Math.round(width / 250), 3);

/** A progress bar as the crate paints it, a quarter full. */
function progressBar({ width, height }, { progress, track }) {
  const strip = { left: 0, top: height - progressPx({ width }), height: progressPx({ width }), kind: "solid" };
  return [
    { ...strip, width, color: track },
    { ...strip, width: width / 4, color: progress },
  ];
}

/** A page that is neither light nor dark. */
const page = (x, y) => (((x >> 4) + (y >> 4)) % 2 ? 0x9fb4c8 : 0xe9d9b8);

/** What the crate does with overlays: values are rounded to few levels, and mixed. */
export function painted({ width, height }, ground, overlays) {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  const mix = (at, color, level) => {
    for (let c = 0; c < 3; c++) {
      const [under, over] = [rgba[at + c], (color >> (16 - 8 * c)) & 255];
      rgba[at + c] = Math.floor((under * (5 - level) + over * level + 2) / 5);
    }
  };
  for (let i = 0; i < width * height; i++) mix(4 * i, ground(i % width, Math.floor(i / width)), 5);
  for (const overlay of overlays) {
    for (let i = 0; i < overlay.width * overlay.height; i++) {
      const x = overlay.left + (i % overlay.width);
      const y = overlay.top + Math.floor(i / overlay.width);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = 4 * (y * width + x);
      if (overlay.kind === "solid") mix(at, overlay.color, 5);
      if (overlay.kind === "coverage") mix(at, overlay.color, Math.round(overlay.coverage[i] / 51));
      if (overlay.kind === "picture") {
        const [r, g, b, a] = overlay.rgba.subarray(4 * i, 4 * i + 4);
        mix(at, (r << 16) | (g << 8) | b, Math.round(a / 51));
      }
    }
  }
  return rgba;
}

/** Canvases whose pixels are read back with one more or one less than they have, at random. */
export function noisy(canvases, seed) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return reading(canvases, (data) => {
    for (let i = 0; i < data.length; i++) data[i] += Math.floor(random() * 3) - 1;
  });
}

/** Canvases that are read back as black, as some browsers have it where scripts are not trusted. */
export const blocked = (canvases) => reading(canvases, (data) => data.fill(0));

function reading(canvases, change) {
  const create = (width, height) => {
    const context = canvases.create(width, height);
    const read = context.getImageData.bind(context);
    context.getImageData = (...area) => {
      const image = read(...area);
      change(image.data);
      return image;
    };
    return context;
  };
  return { ...canvases, create };
}

/** Overlays as text, to compare them whole. */
export const toText = (overlays) =>
  JSON.stringify(overlays, (_, value) => (value instanceof Uint8Array ? value.join() : value));
