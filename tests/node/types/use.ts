// What a user writes, as strictly as TypeScript goes. It is compiled and not run.
import {
  assembleGif,
  type FrameInfo,
  GifRecorder,
  type GifStats,
  init,
  type LengthReduction,
  type Options,
  type Progress,
  type Screenshot,
  type TaskGif,
  TaskGifError,
} from "task-gif";

export async function use(blobs: Blob[], canvas: OffscreenCanvas, bytes: Uint8Array): Promise<string> {
  await init(new URL("task_gif_bg.wasm", "https://example.org/"));
  const options: Options = {
    delay: "readable",
    repeat: "infinite",
    effort: "fast",
    camera: "follow",
    maxDuration: 20_000,
    speed: 1.5,
    onBadFrame: "skip",
    signal: AbortSignal.timeout(1000),
    onProgress: ({ phase, done, total, ratio }: Progress) => console.log(phase, done / total, ratio),
    limits: { frames: 100 },
  };
  const gif: TaskGif = await assembleGif(blobs, options);
  const screenshots: Screenshot[] = [canvas, bytes, "https://example.org/1.png", { image: blobs[0]!, delayMs: 500 }];
  await assembleGif(screenshots);
  await assembleGif(new Set(blobs));
  await assembleGif(screenshots.map(async (screenshot) => screenshot));
  await assembleGif(arriving());

  const recorder = new GifRecorder({ delay: 800 });
  await recorder.add({ image: canvas, caption: "Search", timestampMs: Date.now() });
  const recorded = await recorder.finish();
  recorder.abort();

  const frames: readonly FrameInfo[] = gif.frames;
  const length: LengthReduction | undefined = gif.reduction?.length;
  console.log(length?.leftOut.length, length?.fullMs, frames[0]?.delay?.lengthMs, frames[0]?.view?.left);
  const stats: GifStats = recorded.stats;
  const kind: "module" | "blob" | "main" | "node" = stats.workerKind;
  console.log(frames[0]?.sources.length, stats.skipped[0]?.error.code, kind);
  gif.close();
  return gif.toUrl();
}

async function* arriving(): AsyncGenerator<Screenshot> {
  yield new Blob([]);
}

export function explain(error: unknown): string {
  return error instanceof TaskGifError ? `${error.code} at ${error.frame ?? "no frame"}` : String(error);
}

// @ts-expect-error A misspelt option.
void assembleGif([], { delai: 5 });
// @ts-expect-error A wrong value.
void assembleGif([], { effort: "best" });
// @ts-expect-error Not screenshots.
void assembleGif(5);
// @ts-expect-error Not a screenshot.
void assembleGif([5]);
