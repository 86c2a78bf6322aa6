/** A 2D context of whatever canvas there is; only what all of them have is used. */
export type Context = OffscreenCanvasRenderingContext2D;

/** Where canvases come from: differs between browsers and Node. */
export type Canvases = {
  /** A canvas of this size that is read back often. */
  create: (width: number, height: number) => Context;
  /** Decodes a picture to something that can be drawn, with its size. */
  decode: (picture: Blob) => Promise<Drawable>;
  /** Resolves when the fonts are there that `text` needs; at once where fonts do not load by themselves. */
  fontsFor?: (font: string, text: string) => Promise<unknown>;
};

/** A decoded picture. */
export type Drawable = { source: CanvasImageSource; width: number; height: number };

/** The canvases of a page or of a worker. Throws where there are none. */
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
