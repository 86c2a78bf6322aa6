// Records whatever draws into a canvas or plays in a video, as a browser extension does with a tab's stream: a picture
// whenever something changed, no more often than `everyMs`, up to `most` of them.
import { GifRecorder } from "task-gif";

/**
 * Starts recording `source`, a canvas or a video. `stop()` resolves to the GIF.
 *
 * @param {HTMLCanvasElement | HTMLVideoElement} source
 * @param {{ everyMs?: number, most?: number, onCount?: (count: number) => void }} options
 */
export function recordLive(source, { everyMs = 500, most = 200, onCount } = {}) {
  const recorder = new GifRecorder({ delay: "readable" });
  const width = source.videoWidth ?? source.width;
  const height = source.videoHeight ?? source.height;
  const small = new OffscreenCanvas(32, 18).getContext("2d", { willReadFrequently: true });
  let before = "";
  let count = 0;
  let adding = Promise.resolve();

  // Looked at in small, so that looking costs next to nothing.
  const look = () => {
    small.drawImage(source, 0, 0, 32, 18);
    const now = small.getImageData(0, 0, 32, 18).data.join();
    if (now === before || count >= most) return;
    before = now;
    const picture = new OffscreenCanvas(width, height);
    picture.getContext("2d").drawImage(source, 0, 0, width, height);
    adding = recorder.add({ image: picture, timestampMs: Date.now(), number: ++count });
    adding.catch(() => clearInterval(timer));
    onCount?.(count);
  };

  const timer = setInterval(look, everyMs);
  look();
  return {
    async stop() {
      clearInterval(timer);
      look();
      await adding;
      return recorder.finish();
    },
  };
}
