import type { NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import { isBlank, needsPixelCheck } from "../sources/blank-picture.ts";
import { convertFormat } from "../sources/convert-format.ts";
import type { ParsedScreenshot } from "../sources/parse-screenshot.ts";
import type { PendingScreenshot } from "../sources/read-screenshot.ts";
import type { Assembly } from "./assembly.ts";
import { specOf } from "./click-markers.ts";
import { badScreenshot } from "./screenshot-checks.ts";

/** Maximum number of screenshots loaded at the same time: browsers open about this many connections to a host. */
const LOADING = 6;
/** Number of screenshots per worker that may wait to be analyzed before `push` makes the caller wait. */
const WAITING = 4;

/** Loads up to six screenshots at a time, and adds them to the assembly in the order in which they were pushed. */
export class OrderedLoader {
  #loading = 0;
  #tail: Promise<void>;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly assembly: Assembly,
    private readonly options: Pick<ResolvedOptions, "clickMarkers" | "skipBlank" | "onBadFrame" | "signal">,
    /** Called with every screenshot that becomes part of the GIF. */
    private readonly onAdded: (screenshot: NewFrame) => void = () => {},
  ) {
    this.#tail = assembly.ready ?? Promise.resolve();
  }

  /** Queues a screenshot. Resolves when there is room for the next one, rejects when the assembly has failed. */
  push(screenshot: PendingScreenshot): Promise<void> {
    if ("skipped" in screenshot) {
      const { sourceIndex } = screenshot.parsed;
      if (screenshot.skipped === "unwanted") this.assembly.skipUnwanted(sourceIndex);
      else this.assembly.skipBlank(sourceIndex);
    } else {
      const { parsed, bytes } = screenshot;
      this.#loading++;
      this.#tail = this.#tail.then(() => this.#add(parsed, bytes));
    }
    return Promise.race([this.#room(), this.assembly.failed]);
  }

  /** Resolves when every pushed screenshot was added or left out. */
  async end(): Promise<void> {
    await Promise.race([this.#tail, this.assembly.failed]);
  }

  async #add(parsed: ParsedScreenshot, bytes: Promise<Blob>): Promise<void> {
    const { sourceIndex, timing, step, keepOrder } = parsed;
    try {
      const spec = specOf(parsed, this.options);
      const given = await bytes.catch((error: unknown) => this.#bad(error, sourceIndex));
      if (!given) return;
      const { skipBlank, signal } = this.options;
      const source = await convertFormat(given, signal);
      if (skipBlank && needsPixelCheck(source, step) && (await isBlank(source, step, signal)))
        this.assembly.skipBlank(sourceIndex);
      else {
        const frame = { sourceIndex, timing, step, source, ...(keepOrder && { keepOrder }), ...(spec && { spec }) };
        this.assembly.add(frame);
        this.onAdded(frame);
      }
    } catch (error) {
      this.assembly.fail(error);
    } finally {
      this.#loading--;
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  /** Handles a picture that could not be read. */
  #bad(error: unknown, sourceIndex: number): void {
    const bad = badScreenshot(error, sourceIndex, this.options.onBadFrame);
    if (bad) this.assembly.handleBadScreenshot(bad);
    else this.assembly.fail(error);
  }

  async #room(): Promise<void> {
    while (this.#loading >= LOADING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await this.assembly.whenBelow(WAITING * this.assembly.workers);
  }
}
