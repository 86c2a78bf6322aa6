import type { Rect } from "../public-types.ts";
import { describeError, TaskGifError } from "../task-gif-error.ts";
import type { Overlay } from "../wasm-types.ts";
import { browserCanvases, type Canvases, type Context } from "./canvas.ts";
import { type FittedText, fitLines, type TextBounds } from "./fit-lines.ts";
import { isReadable, type Region, readColors, readCoverage, roundChannel } from "./read-canvas.ts";
import { css } from "./theme.ts";
import { cleanText, directionOf, hasEmoji, languageOf } from "./unicode.ts";

/** A text with the lines it was broken into, ready to be drawn. */
export type TextLayout = FittedText & {
  text: string;
  /** Width of the widest line. */
  widthPx: number;
};

/** Placement of lines: the box in which they are centered vertically, and their horizontal alignment. */
export type TextPlacement = { box: Rect; side: "start" | "center"; linePx: number };

/** Colors of the text and of its background. */
export type Colors = { text: number; ground: number };

/**
 * Font families: those of system interfaces, those that Linux has, and fonts of emoji by name, since not every canvas falls back to
 * them. They also follow the families of `options.captions.fontFamily`, for characters that those do not have.
 */
const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';
/** Font weight: readable when the GIF is scaled down. */
const WEIGHT = 500;
/** Number of steps per channel of emoji: few, since each shade is a color in the palette. */
const EMOJI_STEPS = 5;
/** Distance of the baseline below the middle of a line, relative to the font size, so that capital letters are centered. */
const BASELINE = 0.36;
/** Space for letters that extend beyond their line, relative to the font size: stacked Thai vowels, Arabic descenders. */
const OVERHANG = 0.6;

/** Renders text into overlays, on shared canvases. */
export class TextRenderer {
  #gray!: Context;
  #colors!: Context;
  #mask!: Context;
  #size: Region = { width: 0, height: 0 };
  readonly #measured = new Map<string, number>();

  /**
   * Opens a renderer on the canvases that `canvases` loads, or else on those of the browser. `fontFamily`: preferred font families.
   *
   * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` if there is no canvas, or its pixels cannot be read.
   */
  static async open(
    canvases: (() => Promise<Canvases>) | undefined,
    fontFamily: string | undefined,
  ): Promise<TextRenderer> {
    try {
      const family = fontFamily === undefined ? FONTS : `${fontFamily}, ${FONTS}`;
      return new TextRenderer(family, canvases ? await canvases() : browserCanvases);
    } catch (error) {
      const message = `captions, numbers, the title and the logo cannot be drawn: ${describeError(error)}`;
      throw new TaskGifError("CAPTIONS_UNAVAILABLE", message, undefined, error);
    }
  }

  private constructor(
    private readonly family: string,
    readonly canvases: Canvases,
  ) {
    this.#makeRoom({ width: 256, height: 64 });
    if (!isReadable(this.#gray, this.#mask)) {
      throw new Error("a canvas cannot be read back here as it was drawn");
    }
  }

  /** Whether a canvas accepts these font families. If not, it would keep the font it has. */
  get isFamilyValid(): boolean {
    this.#gray.font = this.font(23);
    return this.#gray.font.includes("23px");
  }

  /** Breaks a text into lines. Control characters and line breaks are taken out first. */
  layOut(raw: string, room: TextBounds): TextLayout {
    const text = cleanText(raw);
    this.#prepare(this.#gray, text);
    this.#measured.clear();
    const laid = fitLines(text, room, (part, size) => this.#measure(part, size));
    const widths = laid.lines.map((line) => this.#measure(line, laid.sizePx));
    return { ...laid, text, widthPx: Math.max(0, ...widths) };
  }

  /** Draws a text in the middle of its place: letters as coverage, emoji as a picture. Nothing where there is nothing to be seen. */
  draw(laidOut: TextLayout, place: TextPlacement, { text, ground }: Colors): Overlay[] {
    const pad = Math.ceil(OVERHANG * laidOut.sizePx);
    const block = blockOf(laidOut, place);
    const [left, top] = [block.left - pad, block.top - pad];
    const region = { width: block.width + 2 * pad, height: block.height + 2 * pad };
    this.#makeRoom(region);
    const write = (context: Context, behind: string, ink: string) => {
      context.globalCompositeOperation = "source-over";
      context.fillStyle = behind;
      context.fillRect(0, 0, region.width, region.height);
      this.#write(context, laidOut, place, block.width, pad, ink);
    };

    write(this.#gray, "#000", "#fff");
    const overlays: Overlay[] = [];
    if (hasEmoji(laidOut.text)) {
      // Black text on black shows only emoji. Without them, the letters remain.
      write(this.#colors, "#000", "#000");
      this.#gray.globalCompositeOperation = "difference";
      this.#gray.drawImage(this.#colors.canvas, 0, 0, region.width, region.height, 0, 0, region.width, region.height);
      this.#gray.globalCompositeOperation = "source-over";
      write(this.#colors, css(ground), css(ground));
      const rgba = readColors(this.#colors, this.#mask, region, EMOJI_STEPS);
      const picture = withoutGround(rgba, ground, region);
      if (picture) overlays.push({ ...moved(picture.rect, left, top), kind: "picture", rgba: picture.values });
    }
    const coverage = readCoverage(this.#gray, this.#mask, region);
    const letters = cropped(coverage, region, 1);
    if (letters)
      overlays.push({ ...moved(letters.rect, left, top), kind: "coverage", color: text, coverage: letters.values });
    return overlays;
  }

  /** Scales a picture to `region`. Returns RGBA whose channels have `steps` steps. */
  picture(source: CanvasImageSource, region: Region, ground: number, steps: number): Uint8Array {
    const { width, height } = region;
    this.#makeRoom(region);
    const show = (context: Context) => {
      context.globalCompositeOperation = "source-over";
      context.imageSmoothingQuality = "high";
      context.drawImage(source, 0, 0, width, height);
    };
    this.#colors.fillStyle = css(ground);
    this.#colors.fillRect(0, 0, width, height);
    show(this.#colors);
    const rgba = readColors(this.#colors, this.#mask, region, steps);
    // White inside the picture, black outside.
    const gray = this.#gray;
    gray.clearRect(0, 0, width, height);
    show(gray);
    for (const [operation, color] of [
      ["source-atop", "#fff"],
      ["destination-over", "#000"],
    ] as const) {
      gray.globalCompositeOperation = operation;
      gray.fillStyle = color;
      gray.fillRect(0, 0, width, height);
    }
    gray.globalCompositeOperation = "source-over";
    const alpha = readCoverage(gray, this.#mask, region);
    for (let i = 0; i < alpha.length; i++) rgba[4 * i + 3] = alpha[i]!;
    return rgba;
  }

  #write(
    context: Context,
    laidOut: TextLayout,
    { side, linePx }: TextPlacement,
    widthPx: number,
    pad: number,
    ink: string,
  ): void {
    this.#prepare(context, laidOut.text);
    context.font = this.font(laidOut.sizePx);
    context.fillStyle = ink;
    const isRightToLeft = context.direction === "rtl";
    laidOut.lines.forEach((line, i) => {
      const room = widthPx - this.#measure(line, laidOut.sizePx);
      const indent = side === "center" ? room / 2 : isRightToLeft ? room : 0;
      const middle = pad + (i + 0.5) * linePx;
      // At whole pixels, so that an unchanged line has equal pixels.
      context.fillText(line, pad + Math.round(indent), Math.round(middle + BASELINE * laidOut.sizePx));
    });
  }

  #makeRoom({ width, height }: Region): void {
    if (width <= this.#size.width && height <= this.#size.height) return;
    this.#size = { width: Math.max(width, this.#size.width), height: Math.max(height, this.#size.height) };
    const create = () => this.canvases.create(this.#size.width, this.#size.height);
    this.#gray = create();
    this.#colors = create();
    this.#mask = create();
  }

  #measure(text: string, sizePx: number): number {
    const key = `${sizePx} ${text}`;
    let width = this.#measured.get(key);
    if (width === undefined) {
      this.#gray.font = this.font(sizePx);
      width = this.#gray.measureText(text).width;
      this.#measured.set(key, width);
    }
    return width;
  }

  /** Sets the state of a context that text depends on. */
  #prepare(context: Context, text: string): void {
    context.direction = directionOf(text);
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    // Few canvases support it; others draw Han characters for the language of the page.
    (context as { lang?: string }).lang = languageOf(text) ?? "inherit";
  }

  /** Returns the font in CSS syntax. */
  font(sizePx: number): string {
    return `${WEIGHT} ${sizePx}px ${this.family}`;
  }
}

/** Returns the box of the lines, no wider than the text, so that few pixels are read back. */
function blockOf(laidOut: TextLayout, { box, side, linePx }: TextPlacement): Rect {
  const width = Math.max(Math.min(Math.ceil(laidOut.widthPx), box.width), 1);
  const height = laidOut.lines.length * linePx;
  const slack = box.width - width;
  const isRightToLeft = directionOf(laidOut.text) === "rtl";
  const indent = side === "center" ? Math.floor(slack / 2) : isRightToLeft ? slack : 0;
  return { left: box.left + indent, top: box.top + Math.floor((box.height - height) / 2), width, height };
}

/** Makes the background transparent. */
function withoutGround(rgba: Uint8Array, ground: number, region: Region) {
  const [red, green, blue] = [16, 8, 0].map((shift) => roundChannel((ground >> shift) & 255, EMOJI_STEPS));
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at] === red && rgba[at + 1] === green && rgba[at + 2] === blue) rgba[at + 3] = 0;
  }
  return cropped(rgba, region, 4);
}

/** Returns the part with all pixels whose last channel is not 0; `undefined` if there are none. */
function cropped(
  values: Uint8Array,
  { width, height }: Region,
  channels: number,
): { rect: Rect; values: Uint8Array } | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let at = 0, i = 0; at < values.length; at += channels, i++) {
    if (values[at + channels - 1] === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  if (left >= right) return undefined;
  const rect = { left, top, width: right - left, height: bottom - top };
  const kept = new Uint8Array(rect.width * rect.height * channels);
  for (let y = 0; y < rect.height; y++) {
    const from = ((top + y) * width + left) * channels;
    kept.set(values.subarray(from, from + rect.width * channels), y * rect.width * channels);
  }
  return { rect, values: kept };
}

const moved = (rect: Rect, left: number, top: number): Rect => ({
  ...rect,
  left: rect.left + left,
  top: rect.top + top,
});
