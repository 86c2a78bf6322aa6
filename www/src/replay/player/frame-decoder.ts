import type { GifPlayer } from "task-gif/inspect";

/** A decoded picture; whoever asked for it closes it. */
export type Picture = VideoFrame | ImageBitmap;

/** The finished pictures of a GIF, one by one, decoded as they are needed. */
export type GifFrames = {
  /** The whole screen as it is when this frame shows. Rejects after `close`. */
  picture(index: number): Promise<Picture>;
  close(): void;
};

/** With the browser's own decoder where it has one, with that of the package elsewhere. */
export async function openFrames(gif: Blob): Promise<GifFrames | undefined> {
  return (await decodedByBrowser(gif)) ?? decodedByPackage(gif);
}

async function decodedByBrowser(gif: Blob): Promise<GifFrames | undefined> {
  if (!("ImageDecoder" in globalThis)) return undefined;
  const decoder = new ImageDecoder({ data: await gif.arrayBuffer(), type: "image/gif" });
  try {
    await decoder.completed;
    await decoder.tracks.ready;
    // Firefox 140 gives out one and the same picture whenever a frame is asked for: closed once, it is gone.
    (await decoder.decode({ frameIndex: 0 })).image.close();
    const { image } = await decoder.decode({ frameIndex: 0 });
    if (image.displayWidth === 0) throw new Error("frames cannot be had twice");
    image.close();
  } catch {
    decoder.close();
    return undefined;
  }
  return {
    picture: async (index) => (await decoder.decode({ frameIndex: index })).image,
    close: () => decoder.close(),
  };
}

/** `undefined` for what is no whole GIF; an `<img>` may still show some of it. */
async function decodedByPackage(gif: Blob): Promise<GifFrames | undefined> {
  const { GifPlayer } = await import("task-gif/inspect");
  const player: GifPlayer | undefined = await GifPlayer.open(gif).catch(() => undefined);
  if (!player) return undefined;
  return {
    async picture(index) {
      const { data, width, height } = await player.frame(index);
      return createImageBitmap(new ImageData(data, width, height));
    },
    close: () => player.close(),
  };
}
