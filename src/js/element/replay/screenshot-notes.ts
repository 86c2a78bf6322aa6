import type { FailureContext } from "../../failures/describe-failure.ts";
import { currentPlatform } from "../../platform/platform.ts";
import type { DescribedScreenshot, Screenshot, Screenshots } from "../../public-types.ts";
import { isNewTab } from "../../sources/new-tab-page.ts";
import { toBlob } from "../../sources/to-blob.ts";
import type { TaskGifStep } from "../element-types.ts";
import { redactedBitmap } from "./redacted-bitmap.ts";

/** Collects facts from screenshots while they are read: their steps, and the context for error messages. */
export class ScreenshotNotes {
  readonly steps: TaskGifStep[] = [];
  readonly #addresses: (string | undefined)[] = [];
  /** The newest screenshot that shows a page. */
  #newest: DescribedScreenshot | undefined;
  #pages = 0;

  /** Returns the same screenshots; facts are collected as they are read. */
  listen(screenshots: Screenshots): Screenshots {
    if (Array.isArray(screenshots) && !screenshots.some(isPromise)) {
      for (const screenshot of screenshots) this.#take(screenshot as Screenshot);
      return screenshots;
    }
    const take = (screenshot: Screenshot) => this.#take(screenshot);
    return (async function* () {
      for await (const screenshot of screenshots) {
        take(screenshot);
        yield screenshot;
      }
    })();
  }

  /** Context for the description of a failure. */
  get context(): Pick<FailureContext, "screenshots"> & { numberOf(frame: number): number; addressOf: AddressOf } {
    return {
      screenshots: this.#pages,
      numberOf: (frame) => this.steps[frame]?.number ?? frame + 1,
      addressOf: (frame) => (frame === undefined ? undefined : this.#addresses[frame]),
    };
  }

  /** Returns the screenshot that shows a page, if there is exactly one and it is readable. */
  async onlyPicture(signal: AbortSignal): Promise<ImageBitmap | undefined> {
    if (this.#pages !== 1 || !this.#newest) return undefined;
    const { image, redact = [] } = this.#newest;
    try {
      const blob = await toBlob(image, "screenshot", currentPlatform().readUrl, signal);
      return await redactedBitmap(blob, redact);
    } catch {
      return undefined; // the failure itself is told
    }
  }

  #take(screenshot: Screenshot): void {
    const isDescribed = typeof screenshot === "object" && screenshot !== null && "image" in screenshot;
    const described = (isDescribed ? screenshot : { image: screenshot }) as DescribedScreenshot;
    const { image, number, caption, url, timestampMs } = described;
    const step = { number, caption, url, timestampMs };
    this.steps.push(Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)));
    const isAddress = image instanceof URL || (typeof image === "string" && !image.startsWith("data:"));
    this.#addresses.push(isAddress ? String(image) : undefined);
    if (isNewTab(step)) return;
    this.#pages++;
    this.#newest = described;
  }
}

type AddressOf = (frame: number | undefined) => string | undefined;

const isPromise = (item: unknown) => typeof (item as PromiseLike<unknown> | null)?.then === "function";
