/** The finished pictures of a GIF, one by one, decoded by the browser as they are needed. */
export class GifFrames {
  readonly #decoder: ImageDecoder;

  private constructor(decoder: ImageDecoder) {
    this.#decoder = decoder;
  }

  /** `undefined` where the browser cannot step through an animation; an `<img>` still plays it there. */
  static async open(gif: Blob): Promise<GifFrames | undefined> {
    if (!("ImageDecoder" in globalThis)) return undefined;
    const decoder = new ImageDecoder({ data: await gif.arrayBuffer(), type: "image/gif" });
    try {
      await decoder.completed;
      await decoder.tracks.ready;
      return new GifFrames(decoder);
    } catch {
      decoder.close();
      return undefined;
    }
  }

  /** The whole screen as it is when this frame shows. The caller closes it. */
  async picture(index: number): Promise<VideoFrame> {
    const { image } = await this.#decoder.decode({ frameIndex: index });
    return image;
  }

  close(): void {
    this.#decoder.close();
  }
}
