import type { GifPicture } from "./gif-info.ts";
import type { GifPlayer } from "./gif-player.ts";

/** The inputs of the choice. */
type PosterStep = { frame: number; url?: string | undefined; failed?: boolean | undefined };

/** Error pages of browsers. */
const ERROR_PAGE = /^(?:chrome-error|edge-error):|^about:(?:neterror|certerror|blank)/i;
/** The part of the picture that is sampled: the edges may have captions. */
const [LEFT, RIGHT, TOP, BOTTOM] = [0.05, 0.95, 0.1, 0.8];
/** Distance between samples in pixels, in both directions; odd, so that no grid of the page coincides with it. */
const STRIDE = 3;
/** A page is blank if less than this share of its samples differs from the most frequent color. */
const LEAST_SHARE = 0.002;

/**
 * Chooses the poster: the last frame of the last failed step, else of the last step that is no error page of a browser. Blank
 * frames are used only if all are blank. `steps` are those that the file shows, in order; if empty, each frame is one.
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

/** Index of the last frame of the step that begins at `frame`. A step may take several frames, of which the last is complete. */
export function lastFrameOf(frame: number, steps: readonly { frame: number }[], count: number): number {
  return Math.min(count, ...steps.map((step) => step.frame).filter((next) => next > frame)) - 1;
}

/** Whether the middle of a picture has a single color. */
function isBlankPicture({ width, height, data }: GifPicture): boolean {
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
