import type { GifPlayer } from "./gif-player.ts";
import type { GifPicture } from "./types.ts";

/** What a poster is chosen by. */
type PosterStep = { frame: number; url?: string | undefined; failed?: boolean | undefined };

/** Pages that browsers show in place of one that they cannot. */
const ERROR_PAGE = /^(?:chrome-error|edge-error):|^about:(?:neterror|certerror|blank)/i;
/** The part of the picture that is looked at: what is drawn at its edges, such as captions, says nothing of the page. */
const [LEFT, RIGHT, TOP, BOTTOM] = [0.05, 0.95, 0.1, 0.8];
/** Every so many pixels are looked at in each direction; odd, so that no grid of the page falls in with it. */
const STRIDE = 3;
/** With fewer pixels of another color than the most frequent one, as a share, a page is blank. */
const LEAST_SHARE = 0.002;

/**
 * The frame of the file that tells most: the last failed step, else the last step that is no error page; blank ones only
 * where there is nothing else. `steps` are those that the file shows, by its frames, in order; without any all frames count.
 */
export async function posterFrame(player: GifPlayer, steps: readonly PosterStep[]): Promise<number> {
  const count = player.info.frames.length;
  const known = steps.length > 0 ? steps : player.info.frames.map((_, frame): PosterStep => ({ frame }));
  const last = known.toReversed();
  const isError = ({ url = "" }: PosterStep) => ERROR_PAGE.test(url);
  const candidates = [
    ...last.filter(({ failed }) => failed),
    ...last.filter((step) => !step.failed && !isError(step)),
    ...last.filter((step) => !step.failed && isError(step)),
  ].map(({ frame }) => lastFrameOf(frame, known, count));
  for (const frame of new Set(candidates)) {
    if (!isBlankPicture(await player.frame(frame))) return frame;
  }
  return candidates[0]!;
}

/** The last frame of a step that begins at `frame`: it may be shown in several, of which the last is whole. */
export function lastFrameOf(frame: number, steps: readonly { frame: number }[], count: number): number {
  return Math.min(count, ...steps.map((step) => step.frame).filter((next) => next > frame)) - 1;
}

/** Whether the middle of a picture shows nothing but one color. */
export function isBlankPicture({ width, height, data }: GifPicture): boolean {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const counts = new Map<number, number>();
  let total = 0;
  for (let y = Math.floor(height * TOP); y < height * BOTTOM; y += STRIDE) {
    for (let x = Math.floor(width * LEFT); x < width * RIGHT; x += STRIDE) {
      const pixel = pixels[y * width + x]!;
      counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      total++;
    }
  }
  return total - Math.max(0, ...counts.values()) < total * LEAST_SHARE;
}
