import { GifPlayer } from "task-gif/inspect";
import { stateOfPixel } from "./records.mjs";

/** The states that the frames of a GIF show, one letter each. */
export async function statesOfGif(gif) {
  const player = await GifPlayer.open(gif);
  let states = "";
  for (let i = 0; i < player.info.frames.length; i++) {
    const { width, data } = await player.frame(i);
    const at = (4 * width + width - 5) * 4;
    states += stateOfPixel(data.subarray(at, at + 3));
  }
  return states;
}
