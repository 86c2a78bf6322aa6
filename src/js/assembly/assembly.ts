import type { Captions } from "../captions/captions.lazy.ts";
import { abortReason, TaskGifError } from "../errors.ts";
import { CARD, type Frame, type NewFrame, type Size } from "../frame.ts";
import { lazyImport } from "../lazy-import.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { SharedResources } from "../platform/shared-resources.ts";
import { TaskGif } from "../task-gif.ts";
import type { GifStats, SizeReduction } from "../types.ts";
import type { FrameSpec, WasmOptions } from "../wasm-types.ts";
import { type Lane, LaneLost } from "../workers/lane.ts";
import { Analyzer } from "./analyze.ts";
import { captioned, isDrawnOn, loadCaptions } from "./annotations.ts";
import { InputPolicy, isScreenshotError } from "./input-policy.ts";
import {
  blobOf,
  damageWarnings,
  describeFrames,
  describeWork,
  type EncodedGif,
  planAndEncode,
} from "./plan-and-encode.ts";
import { ProgressReporter } from "./progress.ts";
import { orderWarnings, sortByTime } from "./screenshot-order.ts";
import { lanesFor, largestOf, wasmOptionsFor } from "./wasm-options.ts";

/** One assembly: takes screenshots, drives the phases over its lanes, and ends in a GIF or in one error. */
export class Assembly {
  readonly #options: ResolvedOptions;
  readonly #workshop: SharedResources;
  readonly #progress: ProgressReporter;
  readonly #failed: Promise<never>;
  readonly #analyzer: Analyzer;
  readonly #screening: InputPolicy;
  /** Resolves when screenshots may be added; `undefined` when they may be at once. */
  readonly ready: Promise<void> | undefined;
  #captions: Captions | undefined;
  #fail!: (error: unknown) => void;
  #lanes: Lane[];
  #wasmOptions: WasmOptions | undefined;
  /** The frames as they were taken in, while others are tried in their place. */
  #frames: Frame[] | undefined;
  #nextId = 0;
  #crashes = 0;
  /** Counts how often the lanes were opened, to tell an answer that comes too late. */
  #opening = 0;
  #sealed = false;
  #over = false;

  /** `count` is the number of screenshots there will be; infinite where nobody knows. */
  constructor(options: ResolvedOptions, workshop: SharedResources, count: number) {
    this.#options = options;
    this.#workshop = workshop;
    this.#screening = new InputPolicy(options, (error) => this.fail(error));
    this.#progress = new ProgressReporter(options.onProgress, options.maxBytes !== undefined);
    this.#failed = new Promise((_, fail) => {
      this.#fail = fail;
    });
    this.#failed.catch(() => {}); // whoever waits for the job sees it
    this.#lanes = workshop.pool.lanes(options.workers ?? workshop.workersFor(count));
    this.#analyzer = new Analyzer(this.#lanes, {
      analyzed: () => this.#guard(() => this.#reportAnalyzed()),
      larger: () => void this.#open(true),
      failed: (error, index) => this.#frameFailed(error, index),
      specOf: (frame) => this.#specOf(frame),
    });
    const { signal } = options;
    if (signal?.aborted) this.fail(abortReason(signal));
    else signal?.addEventListener("abort", this.#onAbort);
    this.ready = isDrawnOn(options) ? this.#prepareCaptions(count) : undefined;
  }

  /** Screenshots that were taken in and have not been analyzed yet. */
  get pending(): number {
    return this.#analyzer.pending;
  }

  /** Lanes that the work is spread over. */
  get workers(): number {
    return this.#lanes.length;
  }

  /** Rejects as soon as the job fails; never resolves. */
  get failed(): Promise<never> {
    return this.#failed;
  }

  /** Adds screenshots that are all known at once. */
  addAll(frames: readonly NewFrame[]): void {
    if (this.#over) return;
    const accepted = sortByTime(frames).filter((frame) => this.#screening.accept(frame));
    if (this.#over) return;
    this.#analyzer.addAll(accepted.map((frame) => ({ ...captioned(frame, this.#options), id: this.#nextId++ })));
    void this.#open(false);
  }

  /** Adds one screenshot behind the others. */
  add(frame: NewFrame): void {
    if (this.#over || !this.#screening.accept(frame)) return;
    this.#analyzer.add({ ...captioned(frame, this.#options), id: this.#nextId++ });
    if (this.#opening === 0) void this.#open(false);
  }

  /** Notes that a screenshot was left out because it is blank. */
  skipBlank(sourceIndex: number): void {
    this.#screening.exclusions.blank.push(sourceIndex);
  }

  /** Notes that a screenshot was not asked for. */
  skipUnwanted(sourceIndex: number): void {
    this.#screening.exclusions.unwanted.push(sourceIndex);
  }

  /** Deals with a screenshot that could not be had, as the options say. */
  handleBadScreenshot(error: TaskGifError): void {
    this.#screening.handleBadScreenshot(error);
  }

  /** Resolves when fewer than `count` screenshots wait; rejects when the job has failed. */
  async whenBelow(count: number): Promise<void> {
    await Promise.race([this.#analyzer.whenBelow(count), this.#failed]);
  }

  /** Ends the job without a result. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#fail(error);
    this.#end();
  }

  /** Makes the GIF of all that was added. */
  async finish(since: number): Promise<TaskGif> {
    this.#sealed = true;
    return Promise.race([this.#finish(since), this.#failed]);
  }

  async #finish(since: number): Promise<TaskGif> {
    for (;;) {
      try {
        return await this.#assemble(since);
      } catch (error) {
        if (error instanceof LaneLost) this.#recover(error);
        else this.fail(error instanceof TaskGifError ? this.#named(error, error.frame) : error);
        if (this.#over) return this.#failed;
      }
    }
  }

  async #assemble(since: number): Promise<TaskGif> {
    const analyzer = this.#analyzer;
    analyzer.reorder(this.#frames ?? sortByTime(analyzer.frames));
    this.#checkEnough();
    await analyzer.whenDone();
    this.#checkEnough(); // some may have been skipped
    const analyzed = performance.now();
    const first = await planAndEncode(this.#wasmOptions!, this.#lanes, analyzer, this.#progress);
    const planned = first!.plannedAt;
    const damaged = damageWarnings(first!.plan.damaged.map((position) => analyzer.frames[position]!.sourceIndex));
    const { made, reduction } = await this.#fit(first!);
    const blob = blobOf(made);
    this.#screening.checkOutput(blob);
    const encoded = performance.now();
    const stats: GifStats = {
      decodeMs: analyzed - since,
      planMs: planned - analyzed,
      encodeMs: encoded - planned,
      totalMs: encoded - since,
      outputBytes: blob.size,
      ...describeWork(this.#lanes, analyzer),
      paletteKind: made.plan.paletteKind,
      ...this.#screening.exclusions,
      warnings: [...this.#screening.exclusions.warnings, ...orderWarnings(analyzer.frames), ...damaged],
    };
    const { width, height } = made.wasmOptions;
    const { durationMs } = made.plan;
    const frames = describeFrames(made, analyzer);
    this.#progress.end(frames.length);
    this.#end();
    return new TaskGif({
      blob,
      source: "local",
      width,
      height,
      durationMs,
      frames,
      stats,
      ...(reduction && { reduction }),
    });
  }

  /** Loads what draws, and adds the title. Without it the GIF is made all the same, unless the options insist. */
  async #prepareCaptions(count: number): Promise<void> {
    const { captions, title } = this.#options;
    try {
      this.#captions = await loadCaptions(this.#options, this.#workshop, count);
    } catch (error) {
      const isUnavailable = error instanceof TaskGifError && error.code === "CAPTIONS_UNAVAILABLE";
      if (!isUnavailable || captions?.required) this.fail(error);
      else this.#screening.exclusions.warnings.push({ code: error.code, message: error.message });
      return;
    }
    if (title === undefined || this.#over) return;
    const step = { number: 0, caption: title };
    this.#analyzer.add({
      id: this.#nextId++,
      sourceIndex: CARD,
      source: new Blob([]),
      timing: { caption: title },
      step,
    });
  }

  /** What is done to a frame's pixels. */
  #specOf(frame: Frame): FrameSpec | undefined {
    const shown = frame.duplicateOf ?? frame;
    const drawn = this.#captions?.specOf(shown);
    return shown.spec || drawn ? { ...shown.spec, ...drawn } : undefined;
  }

  /** What the options ask for, or what fits, where that is too large. */
  async #fit(first: EncodedGif): Promise<{ made: EncodedGif; reduction?: SizeReduction }> {
    const { maxBytes, limits } = this.#options;
    if (maxBytes === undefined) return { made: first };
    const limit = Math.min(maxBytes, limits.outputBytes);
    const { lossy } = first.plan;
    const { maxColors: colors } = first.wasmOptions;
    if (first.size <= limit) return { made: first, reduction: { scale: 1, colors, lossy, dropped: 0, attempts: 1 } };
    // Few need it, so it is loaded when it is needed.
    const { fitMaxBytes } = await lazyImport(import("./fit-max-bytes.lazy.ts"), this.#options.signal);
    this.#frames = [...this.#analyzer.frames];
    return fitMaxBytes({
      first,
      limit,
      frames: this.#frames,
      attempt: async (step, frames, isNew, most) => {
        this.#progress.again();
        if (isNew) await this.#openAgain(frames, step.scale);
        const wasmOptions = { ...this.#wasmOptions!, lossy: step.lossy, maxColors: step.colors };
        return planAndEncode(wasmOptions, this.#lanes, this.#analyzer, this.#progress, most);
      },
    });
  }

  /** Analyzes other frames, or the same in another size. */
  async #openAgain(frames: Frame[], scale: number): Promise<void> {
    const opening = ++this.#opening;
    const { width, height } = this.#options;
    const largest = largestOf(this.#frames!.map(({ size }) => size)) ?? { width: width!, height: height! };
    this.#wasmOptions = this.#wasmOptionsFor(largest, scale);
    this.#analyzer.restart(frames, this.#wasmOptions);
    await this.#analyzer.whenDone();
    // Somebody else opened the lanes, because one was lost or a frame was left out: the search begins again.
    if (opening !== this.#opening || frames.length !== this.#analyzer.frames.length) {
      throw new LaneLost(false, "the lanes were opened anew");
    }
  }

  /** Opens the lanes for the largest screenshot known, which at first is the first. `all`: find out every size before. */
  async #open(all: boolean): Promise<void> {
    const opening = ++this.#opening;
    const { frames } = this.#analyzer;
    const { width, height } = this.#options;
    const isFixed = width !== undefined && height !== undefined;
    let largest: Size | undefined = isFixed ? { width, height } : undefined;
    while (!largest) {
      const pictures = frames.filter(({ sourceIndex }) => sourceIndex !== CARD);
      const unknown = (all ? pictures : pictures.slice(0, 1)).filter(({ size }) => !size);
      await Promise.all(unknown.map((frame, i) => this.#probe(frame, this.#lanes[i % this.#lanes.length]!)));
      if (opening !== this.#opening || this.#over) return;
      largest = largestOf(pictures.map(({ size }) => size));
      if (!largest && pictures.length === 0) {
        this.#opening = 0; // the next one that comes in is asked for its size
        return;
      }
    }
    this.#wasmOptions = this.#wasmOptionsFor(largest);
    const pixels = frames.length * this.#wasmOptions.width * this.#wasmOptions.height;
    if (!this.#screening.checkPixels(pixels)) return;
    if (this.#options.workers === undefined) this.#dismissLanes(largest);
    this.#analyzer.open(this.#wasmOptions, isFixed ? undefined : largest);
  }

  /** Gives back the lanes that there is no memory for; those that are left have more each. */
  #dismissLanes(largest: Size): void {
    const count = lanesFor(this.#wasmOptions!, this.#lanes.length);
    if (count === this.#lanes.length) return;
    for (const lane of this.#lanes.splice(count)) lane.close();
    this.#analyzer.use(this.#lanes);
    this.#wasmOptions = this.#wasmOptionsFor(largest);
  }

  /** Wasm options for screenshots of which the largest are `largest`, all `shrink` times as large as they would be. */
  #wasmOptionsFor(largest: Size, shrink?: number): WasmOptions {
    const barFor = (widthPx: number) => this.#captions?.barFor(widthPx) ?? 0;
    const wasmOptions = wasmOptionsFor(this.#options, largest, this.#lanes.length, barFor, shrink);
    return this.#captions?.open(wasmOptions) ?? wasmOptions;
  }

  async #probe(frame: Frame, lane: Lane): Promise<void> {
    const opening = this.#opening;
    try {
      const { width, height } = await lane.ask({ type: "probe", source: frame.source });
      frame.size = { width, height };
    } catch (error) {
      if (opening !== this.#opening || this.#over) return;
      this.#frameFailed(error, this.#analyzer.frames.indexOf(frame));
    }
  }

  #frameFailed(error: unknown, index: number): void {
    if (this.#over) return;
    if (error instanceof LaneLost) {
      this.#recover(error);
    } else if (isScreenshotError(error)) {
      // Another frame than the one asked for may be to blame: one that was decoded as its context.
      const position = error.frame ?? index;
      this.handleBadScreenshot(this.#named(error, position));
      if (this.#over) return;
      const bad = this.#analyzer.frames[position];
      this.#frames = this.#frames?.filter(({ id }) => id !== bad?.id);
      this.#analyzer.remove(position);
    } else {
      this.fail(error instanceof TaskGifError ? this.#named(error, error.frame) : error);
    }
  }

  /** Goes on with another worker in place of a lost one; a worker that traps twice is not the worker's fault. */
  #recover(lost: LaneLost): void {
    if (this.#over) return;
    if (lost.crashed && ++this.#crashes > 1) {
      const frame = lost.index === undefined ? undefined : this.#analyzer.frames[lost.index]?.sourceIndex;
      const at = frame === undefined ? "" : `screenshot ${frame}: `;
      const message = `${at}a worker crashed twice (${lost.message}); try without this screenshot, or in smaller size`;
      this.fail(new TaskGifError("WORKER_CRASHED", message, frame, lost));
      return;
    }
    this.#lanes = this.#lanes.map((lane) => (lane.lost ? this.#workshop.pool.another(this.#lanes) : lane));
    this.#analyzer.use(this.#lanes);
    void this.#open(false);
  }

  /** The error with the position the caller gave the screenshot, instead of the one it has here. */
  #named(error: TaskGifError, position: number | undefined): TaskGifError {
    if (position === undefined) return error;
    const sourceIndex = this.#analyzer.frames[position]?.sourceIndex ?? position;
    if (sourceIndex === CARD) return error;
    const text = error.message.replace(/^screenshot \d+: /, "");
    return new TaskGifError(error.code, `screenshot ${sourceIndex}: ${text}`, sourceIndex, error.cause);
  }

  #checkEnough(): void {
    this.#screening.checkEnough(this.#analyzer.frames.filter(({ sourceIndex }) => sourceIndex !== CARD).length);
  }

  #reportAnalyzed(): void {
    const total = this.#analyzer.frames.length;
    this.#progress.at("analyze", total - this.#analyzer.pending, total, !this.#sealed);
  }

  /** An exception of the caller's own callback ends the job. */
  #guard(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.fail(error);
    }
  }

  readonly #onAbort = (): void => this.fail(abortReason(this.#options.signal!));

  #end(): void {
    this.#over = true;
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    for (const lane of this.#lanes) lane.close();
  }
}
