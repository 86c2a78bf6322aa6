import { endOf, lastUpTo, type Replay } from "../replay/replay.ts";
import { actionButtons } from "./controls/action-buttons.ts";
import type { OptionalControl } from "./controls/controls-list.ts";
import { onPlayerKey } from "./controls/keyboard.ts";
import { Scrubber } from "./controls/scrubber.ts";
import { showSpeed, speedSelect } from "./controls/speed-select.ts";
import { delayText } from "./delay-text.ts";
import { h } from "./dom.ts";
import { draw, EXPAND, icon, iconButton, NEXT, PAUSE, PLAY, PREVIOUS } from "./icons.ts";
import type { Labels } from "./labels.ts";
import { fileOf } from "./picture-canvas.ts";
import { PlaybackClock } from "./playback-clock.ts";
import { Screen } from "./screen.ts";
import { stepText } from "./step-text.ts";
import { Transcript } from "./transcript.ts";

/** Callbacks of a player. */
export type PlayerEvents = {
  /** Called when another step or frame is shown. */
  moved(index: number, frame: number): void;
  playing(isPlaying: boolean): void;
  ended(): void;
  /** Called when the user chooses another speed. */
  rated(rate: number): void;
  failed(error: unknown): void;
};

/** Options of a player. */
export type PlayerOptions = {
  labels: Labels;
  alt: string;
  fullscreen: (() => void) | undefined;
  isShown(control: OptionalControl): boolean;
  /** Initial factor on real time. */
  rate: number;
  /** Whether more steps may follow. */
  isLive: boolean;
  /** The canvas of the previous player, which keeps its picture until the first new frame. */
  canvas: HTMLCanvasElement | undefined;
};

/** Plays a replay on a canvas, with controls, the current step and the transcript. */
export class PlayerView {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly clock: PlaybackClock;
  /** Index of the step that is shown. */
  index = -1;
  /** Time of the last start of playback, by `performance.now`. */
  playedAt = 0;
  readonly #screen: Screen;
  readonly #play: HTMLButtonElement;
  readonly #scrubber: Scrubber;
  readonly #stage: HTMLElement;
  readonly #speed: HTMLSelectElement;
  readonly #position = h("span", { part: "position" });
  /** Replaces the position of a live replay, whose steps have no times yet. Pressed while the newest step is shown. */
  readonly #newest: HTMLButtonElement | undefined;
  readonly #caption = h("div", { part: "caption" });
  readonly #transcript: Transcript;
  readonly #note = h("p", { part: "note", role: "status" });
  readonly #labels: Labels;
  #cover: HTMLElement | undefined;
  #poster: Screen | undefined;
  #frame = -1;
  #wasPlaying = false;
  /** Whether frames may be held, and whether playback resumes when they may be held again. */
  #mayHold = true;
  #isSuspended = false;

  constructor(
    readonly replay: Replay,
    private readonly options: PlayerOptions,
    private readonly events: PlayerEvents,
  ) {
    const { labels, fullscreen, isShown } = options;
    const { startsMs, steps } = replay;
    this.#labels = labels;
    this.#screen = new Screen(replay, events.failed, options.canvas);
    this.canvas = this.#screen.canvas;
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
    this.#scrubber = new Scrubber(labels.track, (index) => this.goTo(index));
    this.#transcript = new Transcript(labels, (index) => this.goTo(index));
    this.#speed = speedSelect(labels.speed, events.rated);
    this.rate = options.rate;
    if (options.isLive) {
      const { newest, goToNewest } = labels;
      this.#newest = h("button", { type: "button", part: "button newest", class: "newest", title: goToNewest }, newest);
      this.#newest.onclick = () => this.goTo(this.count - 1);
    }
    this.#stage = h("div", { part: "stage" }, this.canvas);
    this.#stage.onclick = () => this.toggle();
    this.element = h(
      "div",
      { part: "player", role: "group", "aria-label": labels.controls },
      this.#stage,
      h(
        "div",
        { part: "controls" },
        iconButton("previous", labels.previous, PREVIOUS, () => this.step(-1)),
        this.#play,
        iconButton("next", labels.next, NEXT, () => this.step(1)),
        this.#scrubber.element,
        this.#newest ?? this.#position,
        this.#speed,
        ...actionButtons(
          replay,
          labels,
          (type) => this.snapshot(type),
          isShown,
          (text) => this.note(text),
        ),
        fullscreen && iconButton("fullscreen", labels.fullscreen, EXPAND, fullscreen),
      ),
      this.#caption,
      this.#note,
      isShown("transcript") && this.#transcript.element,
    );
    this.element.onkeydown = (event) =>
      onPlayerKey(event, this.element, {
        toggle: () => this.toggle(),
        step: (by) => this.step(by),
        goToStart: () => this.goTo(-1),
        goToLastStep: () => this.goTo(this.count - 1),
        fullscreen,
      });
    this.#transcript.openWhenWide(this.element);
    this.grow();
  }

  /** Factor on real time: an offered speed or any other. */
  set rate(rate: number) {
    this.clock.rate = rate;
    showSpeed(this.#speed, rate);
  }

  /** Returns the current picture, in the pixels of the GIF. */
  async snapshot(type: string): Promise<Blob | undefined> {
    const { replay } = this;
    const frame = (this.#cover && (await replay.posterFrame?.())) ?? this.#frame;
    return fileOf(await replay.picture(frame, new AbortController().signal), type);
  }

  /** Number of steps. */
  get count(): number {
    return this.replay.steps.length;
  }

  /** Updates the controls and the transcript after the replay has grown. */
  grow(): void {
    const { steps, durationMs } = this.replay;
    this.#scrubber.fill(steps, durationMs);
    if (this.options.isShown("transcript")) this.#transcript.fill(steps);
    this.#show(true);
  }

  toggle(): void {
    if (this.clock.isPlaying) this.clock.pause();
    else this.clock.play();
  }

  /** Shows the step at `index` and pauses; -1 is the title card, if there is one. */
  goTo(index: number): void {
    this.#isSuspended = false;
    const step = this.replay.steps[Math.min(index, this.replay.steps.length - 1)];
    this.clock.pause();
    this.clock.seek(step?.startMs ?? 0);
  }

  /** Shows a note below the player. */
  note(text: string): void {
    this.#note.textContent = text;
  }

  /** Moves by `by` steps; back if negative. */
  step(by: number): void {
    this.goTo(this.index + by);
  }

  /** Covers the first frame with a picture, or else with the poster frame, until playback or another step. */
  async cover(picture?: HTMLElement): Promise<void> {
    const canvas = h("canvas", { part: "poster", role: "img", "aria-label": this.options.alt });
    const cover = h("div", { class: "cover" }, picture ?? canvas, h("span", { class: "big" }, icon(PLAY)));
    this.#cover = cover;
    this.#stage.append(cover);
    if (picture || !this.replay.posterFrame) return;
    const frame = await this.replay.posterFrame();
    if (this.#cover !== cover) return;
    // It is drawn again for each size that it gets while it is there.
    this.#poster = new Screen(this.replay, this.events.failed, canvas);
    this.#poster.draw(frame);
  }

  /**
   * Adapts to the page: without `mayHold` it releases its frames, and unless `isSeen` it pauses. Playback resumes when
   * it is visible again.
   */
  allow(mayHold: boolean, isSeen: boolean): void {
    const mayPlay = mayHold && isSeen;
    if (!mayPlay && this.clock.isPlaying) {
      this.clock.pause();
      this.#isSuspended = true;
    } else if (mayPlay && this.#isSuspended) {
      this.clock.play();
    }
    if (mayHold && !this.#mayHold) this.#show(true);
    if (!mayHold && !isSeen) this.#screen.clear();
    if (!mayHold) this.replay.release?.();
    this.#mayHold = mayHold;
  }

  /** Whether it plays, or will play as soon as it is visible. */
  get isOn(): boolean {
    return this.clock.isPlaying || this.#isSuspended;
  }

  get isDrawn(): boolean {
    return this.#screen.isDrawn;
  }

  /** Resolves when the canvas has a picture, or drawing was given up. */
  drawn(): Promise<void> {
    return this.#screen.drawn();
  }

  close(): void {
    this.clock.pause();
    this.#screen.close();
    this.#poster?.close();
    this.#transcript.close();
    this.replay.close();
  }

  #onTick(isEnd: boolean): void {
    const { isPlaying } = this.clock;
    // A late timer passes several steps at once: the last step is reported before the end.
    if (isEnd) this.#show(false);
    if (isPlaying || this.clock.positionMs > 0) {
      this.#isSuspended = false;
      this.#cover?.remove();
      this.#cover = undefined;
      this.#poster?.close();
    }
    if (isPlaying !== this.#wasPlaying) {
      this.#wasPlaying = isPlaying;
      if (isPlaying) this.playedAt = performance.now();
      this.element.classList.toggle("playing", isPlaying);
      const label = isPlaying ? this.#labels.pause : this.#labels.play;
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
    const text = stepText(this.#labels, steps, index);
    if (index !== this.index || isNew) {
      this.index = index;
      this.canvas.ariaLabel = `${this.options.alt.replace(/\.$/, "")}. ${text}`;
      const { startMs, delay } = steps[index]!;
      const stay = delayText(this.#labels, endOf(steps, index, replay.durationMs) - startMs, delay);
      this.#transcript.tell(this.#caption, steps, index, stay);
      if (this.#newest) this.#newest.ariaPressed = String(index === steps.length - 1);
    }
    // The newest step of a live replay stays until the next one follows.
    this.#scrubber.show(index, this.options.isLive ? endOf(steps, index, replay.durationMs) : ms, text);
    if (frame !== this.#frame || isNew) {
      this.#frame = frame;
      this.#screen.draw(frame);
    }
    if (isMoved) this.events.moved(index, frame);
  }
}

function after(starts: readonly number[], ms: number): number {
  return starts.find((start) => start > ms) ?? Number.POSITIVE_INFINITY;
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
