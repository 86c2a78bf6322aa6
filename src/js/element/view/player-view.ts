import { lastUpTo, type Replay } from "../replay/replay.ts";
import { draw, EXPAND, h, iconButton, NEXT, PAUSE, PLAY, PREVIOUS } from "./dom.ts";
import type { Labels } from "./labels.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { stepText, Transcript } from "./transcript.ts";

const SPEEDS = [0.5, 1, 2, 4];

/** Callbacks of a player. */
export type PlayerEvents = {
  /** Another step or frame is shown. */
  moved(index: number, frame: number): void;
  playing(isPlaying: boolean): void;
  ended(): void;
  failed(error: unknown): void;
};

/** Plays a replay on a canvas, with controls, the current step and the transcript. */
export class PlayerView {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly clock: PlaybackClock;
  /** Index of the step that is shown. */
  index = -1;
  readonly #play: HTMLButtonElement;
  readonly #track: HTMLInputElement;
  readonly #position = h("span", { part: "position" });
  readonly #caption = h("div", { part: "caption" });
  readonly #transcript: Transcript;
  readonly #note = h("p", { part: "note", role: "status" });
  #frame = -1;
  #wasPlaying = false;
  #drawing: AbortController | undefined;

  constructor(
    private readonly replay: Replay,
    private readonly labels: Labels,
    private readonly alt: string,
    private readonly events: PlayerEvents,
    fullscreen: (() => void) | undefined,
  ) {
    const { width, height, startsMs, steps } = replay;
    this.canvas = h("canvas", { part: "screen", role: "img", width, height });
    this.clock = new PlaybackClock(
      () => replay.durationMs,
      (ms) =>
        Math.min(
          after(startsMs, ms),
          after(
            steps.map((step) => step.startMs),
            ms,
          ),
          replay.durationMs,
        ),
      (isEnd) => this.#onTick(isEnd),
    );
    this.#play = iconButton("play", labels.play, PLAY, () => this.toggle());
    this.#track = h("input", { type: "range", part: "track", min: 1, step: 1, value: 1, "aria-label": labels.track });
    this.#track.oninput = () => this.goTo(Number(this.#track.value) - 1);
    this.#transcript = new Transcript(labels, (index) => this.goTo(index));
    const speed = h("select", { part: "speed", "aria-label": labels.speed });
    speed.append(...SPEEDS.map((rate) => h("option", { value: rate, selected: rate === 1 }, `${rate}×`)));
    speed.onchange = () => {
      this.clock.rate = Number(speed.value);
    };
    const stage = h("div", { part: "stage" }, this.canvas);
    stage.onclick = () => this.toggle();
    this.element = h(
      "div",
      { part: "player", role: "group", "aria-label": labels.controls },
      stage,
      h(
        "div",
        { part: "controls" },
        iconButton("previous", labels.previous, PREVIOUS, () => this.step(-1)),
        this.#play,
        iconButton("next", labels.next, NEXT, () => this.step(1)),
        this.#track,
        this.#position,
        speed,
        fullscreen && iconButton("fullscreen", labels.fullscreen, EXPAND, fullscreen),
      ),
      this.#caption,
      this.#note,
      this.#transcript.element,
    );
    this.element.onkeydown = (event) => this.#onKey(event, fullscreen);
    this.grow();
  }

  /** Number of steps. */
  get count(): number {
    return this.replay.steps.length;
  }

  /** Updates the controls and the transcript after the replay has grown. */
  grow(): void {
    this.#track.max = String(this.replay.steps.length);
    this.#transcript.fill(this.replay.steps);
    this.#show(true);
  }

  toggle(): void {
    if (this.clock.isPlaying) this.clock.pause();
    else this.clock.play();
  }

  /** Shows the step at `index` and pauses; -1 is the title card, if there is one. */
  goTo(index: number): void {
    const step = this.replay.steps[Math.min(index, this.replay.steps.length - 1)];
    this.clock.pause();
    this.clock.seek(step?.startMs ?? 0);
  }

  /** Shows the step with this number, if there is one. */
  goToNumber(number: number): void {
    const index = this.replay.steps.findIndex((step) => step.number === number);
    if (index >= 0) this.goTo(index);
  }

  /** Shows a note below the player. */
  note(text: string): void {
    this.#note.textContent = text;
  }

  /** Moves by `by` steps; back if negative. */
  step(by: number): void {
    this.goTo(this.index + by);
  }

  close(): void {
    this.clock.pause();
    this.#drawing?.abort();
    this.replay.close();
  }

  #onTick(isEnd: boolean): void {
    const { isPlaying } = this.clock;
    if (isPlaying !== this.#wasPlaying) {
      this.#wasPlaying = isPlaying;
      const label = isPlaying ? this.labels.pause : this.labels.play;
      this.#play.ariaLabel = this.#play.title = label;
      draw(this.#play.firstElementChild as SVGElement, isPlaying ? PAUSE : PLAY);
      // Screen readers announce a step that the user chose, and no step that playback reached.
      this.#caption.ariaLive = isPlaying ? "off" : "polite";
      this.events.playing(isPlaying);
    }
    this.#show(false);
    if (isEnd) this.events.ended();
  }

  #show(isNew: boolean): void {
    const { replay, clock } = this;
    const { steps, startsMs } = replay;
    // The position at the end shows the last frame.
    const ms = clock.positionMs;
    const index = lastUpTo(steps.length, (i) => steps[i]!.startMs, ms);
    const frame = lastUpTo(startsMs.length, (i) => startsMs[i]!, ms);
    this.#position.textContent = `${minutes(ms)} / ${minutes(replay.durationMs)}`;
    const isMoved = index !== this.index || frame !== this.#frame;
    if (index !== this.index || isNew) {
      this.index = index;
      const text = stepText(this.labels, steps, index);
      this.#track.value = String(index + 1);
      this.#track.ariaValueText = text;
      this.canvas.ariaLabel = `${this.alt}. ${text}`;
      this.#transcript.tell(this.#caption, steps, index);
    }
    if (frame !== this.#frame || isNew) void this.#draw(frame);
    if (isMoved) this.events.moved(index, frame);
  }

  async #draw(frame: number): Promise<void> {
    this.#frame = frame;
    this.#drawing?.abort();
    const drawing = new AbortController();
    this.#drawing = drawing;
    try {
      const picture = await this.replay.picture(frame, drawing.signal);
      const context = this.canvas.getContext("2d");
      if (!drawing.signal.aborted && context) {
        if (this.canvas.width !== picture.width) this.canvas.width = picture.width;
        if (this.canvas.height !== picture.height) this.canvas.height = picture.height;
        if (picture instanceof ImageData) context.putImageData(picture, 0, 0);
        else context.drawImage(picture, 0, 0);
        this.canvas.dataset.frame = String(frame);
      }
      if (!(picture instanceof ImageData)) picture.close();
    } catch (error) {
      if (!drawing.signal.aborted) this.events.failed(error);
    }
  }

  #onKey(event: KeyboardEvent, fullscreen: (() => void) | undefined): void {
    const target = event.target as HTMLElement;
    const hasOwnKeys = target.matches("input, select");
    if (hasOwnKeys || event.ctrlKey || event.altKey || event.metaKey) return;
    const forward = getComputedStyle(this.element).direction === "rtl" ? -1 : 1;
    const { key } = event;
    if (key === "k" || (key === " " && !target.closest("button, summary, a"))) this.toggle();
    else if (key === "ArrowLeft") this.step(-forward);
    else if (key === "ArrowRight") this.step(forward);
    else if (key === "Home") this.goTo(-1);
    else if (key === "End") this.goTo(this.replay.steps.length - 1);
    else if (key === "f" && fullscreen) fullscreen();
    else return;
    event.preventDefault();
  }
}

function after(starts: readonly number[], ms: number): number {
  return starts.find((start) => start > ms) ?? Number.POSITIVE_INFINITY;
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
