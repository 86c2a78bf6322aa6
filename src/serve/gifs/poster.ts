import { describeError } from "../../js/task-gif-error.ts";
import type { AssembledGif, ResolvedMakerOptions } from "../server-options.ts";

/** Width of posters in px: enough for the previews of social networks, and for cards on dense screens. */
const POSTER_WIDTH = 800;

/** Returns the poster of a GIF; `undefined`, with a line in the log, if it cannot be made. */
export async function posterOf(
  gif: AssembledGif,
  task: string,
  { makePoster, log }: Pick<ResolvedMakerOptions, "makePoster" | "log">,
): Promise<Blob | undefined> {
  if (!gif.poster) return undefined;
  try {
    return await makePoster(gif, { width: POSTER_WIDTH });
  } catch (error) {
    log({ event: "poster_failed", task, error: describeError(error) });
    return undefined;
  }
}
