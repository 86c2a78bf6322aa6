import { nextMacrotask } from "../../next-macrotask.ts";
import type { Replay } from "../replay/replay.ts";
import { h } from "./dom.ts";

const MOST_TRIES = 3;

/**
 * The canvas of a player, drawn at its size on the screen: when a browser scales a canvas down, letters lose strokes.
 */
export class Screen {
  readonly #resizes = new ResizeObserver(([entry]) => {
    requestAnimationFrame(() => this.#fit(Math.round(entry!.contentRect.width * devicePixelRatio)));
  });
  #frame: number | undefined;
  #drawing: AbortController | undefined;
  /** Width in device pixels at the last drawing; absent before. */
  #drawnWidth: number | undefined;
  /** Settles when the last requested frame is drawn, has failed, or was replaced by another. */
  #drawn: Promise<void> = Promise.resolve();

  constructor(
    private readonly replay: Replay,
    private readonly failed: (error: unknown) => void,
    readonly canvas = h("canvas", { part: "screen", role: "img" }),
  ) {
    // A reused canvas shows the previous replay until the first new frame.
    delete this.canvas.dataset.frame;
    this.#shape(replay);
    this.#resizes.observe(this.canvas);
  }

  /** Draws a frame of the replay; cancels the drawing of another one. */
  draw(frame: number): void {
    this.#drawn = this.#draw(frame);
  }

  get isDrawn(): boolean {
    return this.canvas.dataset.frame !== undefined;
  }

  /** Resolves when the canvas has a picture. A change of size restarts drawing, so it gives up after some tries. */
  async drawn(): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && !this.isDrawn; tries++) await this.#drawn;
  }

  async #draw(frame: number): Promise<void> {
    this.#frame = frame;
    this.#drawing?.abort();
    const drawing = new AbortController();
    this.#drawing = drawing;
    const { signal } = drawing;
    try {
      // Composing and drawing run in separate tasks of the event loop.
      await nextMacrotask();
      const picture = await this.replay.picture(frame, signal);
      await nextMacrotask();
      const isWhole = picture instanceof ImageData;
      if (!signal.aborted) {
        this.#shape(picture);
        const width = this.#shownWidth(picture);
        if (width < picture.width) await this.#drawSmaller(picture, width, signal);
        else this.#put(picture);
        if (!signal.aborted) this.canvas.dataset.frame = String(frame);
      }
      if (!isWhole) picture.close();
    } catch (error) {
      if (!signal.aborted) this.failed(error);
    }
  }

  /** Releases the pixels; the layout does not change. */
  clear(): void {
    this.#drawing?.abort();
    if (this.#frame === undefined) return;
    this.#frame = this.#drawnWidth = undefined;
    this.canvas.width = this.canvas.height = 0;
  }

  close(): void {
    this.#drawing?.abort();
    this.#resizes.disconnect();
  }

  #shape({ width, height }: { width: number; height: number }): void {
    this.canvas.style.setProperty("--width", String(width));
    this.canvas.style.setProperty("--height", String(height));
  }

  /** Returns the width in device pixels; that of the picture if the canvas is not laid out. */
  #shownWidth(picture: { width: number }): number {
    const shown = Math.round(this.canvas.clientWidth * devicePixelRatio);
    this.#drawnWidth = shown;
    return shown === 0 ? picture.width : Math.min(shown, picture.width);
  }

  async #drawSmaller(picture: ImageData | ImageBitmap, width: number, signal: AbortSignal): Promise<void> {
    const height = Math.max(1, Math.round((picture.height * width) / picture.width));
    const small = await createImageBitmap(picture, {
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "high",
    });
    if (!signal.aborted) this.#put(small);
    small.close();
  }

  #put(picture: ImageData | ImageBitmap): void {
    const { width, height } = picture;
    const context = this.canvas.getContext("2d");
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    // With a fractional box, the browser would resample a picture that fits.
    this.canvas.style.aspectRatio = `${width} / ${height}`;
    if (picture instanceof ImageData) context?.putImageData(picture, 0, 0);
    else context?.drawImage(picture, 0, 0);
  }

  #fit(shown: number): void {
    // The first drawing determines the width itself.
    if (this.#frame === undefined || this.#drawnWidth === undefined) return;
    if (shown === 0 || shown === this.#drawnWidth) return;
    // Above the size of the picture, the drawing stays the same.
    const { width } = this.replay;
    if (Math.min(shown, width) !== Math.min(this.#drawnWidth, width)) this.draw(this.#frame);
    this.#drawnWidth = shown;
  }
}
