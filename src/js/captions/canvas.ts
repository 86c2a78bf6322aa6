/** A 2D context of any canvas: only members that all implementations have are used. */
export type Context = OffscreenCanvasRenderingContext2D;

/** Creates canvases, in browsers and in Node. */
export type Canvases = {
  /** Creates a canvas whose pixels are read back often. */
  create: (width: number, height: number) => Context;
  /** Decodes a picture for drawing. */
  decode: (picture: Blob) => Promise<Drawable>;
  /** Resolves when the fonts for `text` are loaded; at once where fonts are not loaded on demand. */
  fontsFor?: (font: string, text: string) => Promise<unknown>;
};

/** A decoded picture. */
export type Drawable = { source: CanvasImageSource; width: number; height: number };

/** Returns the canvases of a page or a worker. Throws if there are none. */
export const browserCanvases: Canvases = {
  create(width, height) {
    const hasElements = typeof document !== "undefined";
    if (typeof OffscreenCanvas === "undefined" && !hasElements) throw new Error("there is no canvas here");
    const canvas =
      typeof OffscreenCanvas === "undefined"
        ? Object.assign(document.createElement("canvas"), { width, height })
        : new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true }) as Context | null;
    if (!context) throw new Error("this browser has no 2D context for a canvas");
    return context;
  },

  async decode(picture) {
    const source = await createImageBitmap(picture);
    return { source, width: source.width, height: source.height };
  },

  async fontsFor(font, text) {
    const { document, fonts = document?.fonts } = globalThis as { document?: Document; fonts?: FontFaceSet };
    // A font that cannot be loaded is replaced by the next one of its family list, as everywhere on a page.
    await fonts?.load(font, text).catch(() => {});
  },
};
