import { describeFailure, type Failure } from "../failures/describe-failure.ts";
import type { StateDetail, StepDetail, TaskGifEventMap, TaskGifState } from "./element-types.ts";
import { OPTION_ATTRIBUTES } from "./option-attributes.ts";
import { indexInAddress, stepInAddress } from "./page/step-in-address.ts";
import { nearnessOf, nearViewport } from "./page/viewport.ts";
import { PropertiesElement } from "./properties.ts";
import type { Replay } from "./replay/replay.ts";
import type { FailedReplay, ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay/replay-inputs.ts";
import { controlsIn } from "./view/controls/controls-list.ts";
import { h } from "./view/dom.ts";
import { LABELS, type Labels } from "./view/labels.ts";
import type { PlayerEvents, PlayerView } from "./view/player-view.ts";
import { type Panel, panelView } from "./view/status-panel.ts";
import { styleSheet } from "./view/style.ts";

/**
 * `<task-gif>`: the replay of a task, from a GIF, from screenshots, from the task endpoint, or from a running recording. It shows the
 * progress while it loads, then a player with the steps beside it.
 *
 * Slots and parts: `idle`, `waiting`, `assembling`, `live`, `ready`, `unavailable`, `error`; the content of a
 * slot replaces the content of the element in that state.
 */
export class TaskGifElement extends PropertiesElement {
  /** Attributes whose changes the browser reports. */
  static readonly observedAttributes = ["src", "task-id", "endpoint", "alt", "loop", "poster", ...OPTION_ATTRIBUTES];

  #state: TaskGifState = "idle";
  #rate = 1;
  #inputs: ReplayInputs = {};
  #loading: AbortController | undefined;
  #view: PlayerView | undefined;
  #panel: ReturnType<typeof panelView> | undefined;
  #close: (() => void) | undefined;
  #leavePage: (() => void) | undefined;
  /** The player module, loaded with the first source. */
  #player!: typeof import("./player.lazy.ts");

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styleSheet()];
  }

  /** The current state; also the attribute `state`. */
  get state(): TaskGifState {
    return this.#state;
  }

  /** Whether playback is paused. */
  get paused(): boolean {
    return !this.#view?.clock.isPlaying;
  }

  /** Index of the current step, from 0; -1 while there is none. */
  get stepIndex(): number {
    return this.#view?.index ?? -1;
  }

  /** Factor on real time; default 1. It stays when another replay is shown. */
  get playbackRate(): number {
    return this.#rate;
  }
  set playbackRate(rate: number) {
    if (!(rate > 0)) return;
    this.#rate = rate;
    if (this.#view) this.#view.rate = rate;
  }

  /** Starts playback, from the beginning if it has ended. */
  play(): void {
    this.#view?.clock.play();
  }

  /** Pauses playback. */
  pause(): void {
    this.#view?.clock.pause();
  }

  /** Shows the step at this index, from 0, and pauses. */
  goToStep(index: number): void {
    this.#view?.goTo(index);
  }

  /** The GIF that was set, or that was made of screenshots or of a recording, or downloaded. */
  override get gif(): ReplayInputs["gif"] {
    return super.gif ?? this.#view?.replay.gif;
  }
  override set gif(gif: ReplayInputs["gif"]) {
    super.gif = gif;
  }

  /** Returns the file of the current GIF; `undefined` if there is none, or if its bytes are not readable. */
  async toBlob(): Promise<Blob | undefined> {
    return this.#view?.replay.blob;
  }

  /**
   * Returns the current frame in its own pixels; `undefined` if there is none, or if its pixels are not readable.
   */
  async snapshot(type = "image/png"): Promise<Blob | undefined> {
    return this.#view?.snapshot(type);
  }

  /** Loads the replay again, for instance after an error. */
  retry(): void {
    this.schedule();
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("hashchange", this.#onHash);
  }

  /** @internal */
  disconnectedCallback(): void {
    removeEventListener("hashchange", this.#onHash);
    // An element that is moved in the document is disconnected and connected again in the same task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stop();
      this.forget();
    });
  }

  /** @internal */
  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === "loop") this.#setLoop();
    else this.schedule();
  }

  #stop(): void {
    this.#loading?.abort();
    this.#leavePage?.();
    this.#view?.close();
    this.#close?.();
    this.#loading = this.#view = this.#panel = this.#close = this.#leavePage = undefined;
  }

  /** The current texts: labels may change while a replay is shown. */
  readonly #texts = new Proxy(LABELS, {
    get: (texts, name: keyof Labels) =>
      typeof texts[name] === "object"
        ? { ...texts[name], ...(this.labels[name] as object) }
        : (this.labels[name] ?? texts[name]),
  });

  get #alt(): string {
    return this.getAttribute("alt") || this.#texts.alt;
  }

  /** @internal */
  protected async load(inputs: ReplayInputs): Promise<void> {
    const { gif, screenshots, recorder, src, taskId, endpoint, client } = inputs;
    // A GIF that needs no download opens at once, so the old replay stays until then: the element does not flicker.
    const isReplaced = this.#view !== undefined && !recorder && isAtHand(gif);
    if (isReplaced) this.#loading?.abort();
    else this.#stop();
    this.#inputs = inputs;
    const isTask = taskId && (endpoint || client);
    if (gif === undefined && !screenshots && !recorder && !src && !isTask) return this.#set("idle");
    const loading = new AbortController();
    this.#loading = loading;
    const { signal } = loading;
    const title = recorder ? this.#texts.firstScreenshot : this.#texts.loading;
    if (!isReplaced) this.#tell("waiting", { title, picture: this.#posterImage(), ratio: -1 });
    try {
      // A recording is followed even while the element is far from the viewport.
      if (!recorder) await nearViewport(this, signal);
      this.#player = await import("./player.lazy.ts");
      if (signal.aborted) return;
      this.#adopt(this.#player.playerStyleSheet());
      const outcome = await this.#player.openReplay(inputs, this.#progress(signal), signal);
      if (signal.aborted) closeOutcome(outcome);
      else this.#show(outcome);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #adopt(sheet: CSSStyleSheet): void {
    const root = this.shadowRoot!;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }

  /** URL in the attribute `poster`; `undefined` if it is empty, which means the poster frame. */
  #posterImage(): HTMLElement | undefined {
    const src = this.getAttribute("poster");
    return src ? h("img", { part: "poster", alt: this.#alt, src }) : undefined;
  }

  #progress(signal: AbortSignal): ReplayProgress {
    const texts = this.#texts;
    const percent = (ratio: number) => Math.floor(ratio * 100);
    const tell = (state: TaskGifState, panel: Panel) => {
      if (!signal.aborted) this.#tell(state, panel);
    };
    return {
      waiting: (status, nextMs) => {
        const detail = texts.nextCheck(Math.round(nextMs / 1000));
        tell("waiting", { title: texts.waiting(status), detail, ratio: -1 });
      },
      waitingForScreenshot: () => tell("waiting", { title: texts.firstScreenshot, ratio: -1 }),
      unanswered: () => {
        const { title, advice } = texts.failures[navigator.onLine ? "UNANSWERED" : "OFFLINE"];
        tell("waiting", { title, detail: advice, ratio: -1 });
      },
      downloading: (ratio = 0) => tell("waiting", { title: texts.downloading(percent(ratio)), ratio }),
      assembling: (ratio) => tell("assembling", { title: texts.assembling(percent(ratio)), ratio }),
      turn: (signal) => this.#player.assemblyTurn(() => nearnessOf(this), signal),
      live: (replay, isOver = false) => {
        // Nothing can be shown before the first screenshot is decoded.
        if (!signal.aborted && replay.steps.length > 0) this.#showLive(replay, isOver);
      },
    };
  }

  #showLive(replay: Replay, isOver: boolean): void {
    const last = replay.steps.length - 1;
    if (this.#state !== "live") this.#showPlayer(replay, "live");
    const view = this.#view!;
    // A user who looks at an earlier step stays there.
    const isFollowing = view.index >= last - 1 && !view.clock.isPlaying;
    view.grow();
    if (isFollowing) view.goTo(last);
    const { finishing, live, missing } = this.#texts;
    const told = isOver ? finishing : live(replay.steps.length);
    view.note(replay.missing > 0 ? `${told}. ${missing(replay.missing)}` : told);
  }

  #show(outcome: ReplayOutcome): void {
    const texts = this.#texts;
    if (outcome.kind === "failed") {
      this.#fail(outcome.error, outcome);
    } else if (outcome.kind === "image") {
      this.#stop();
      this.#close = outcome.close;
      const lost = () => this.#fail({ code: "FETCH_FAILED", message: `cannot load ${outcome.url}` });
      const isStill = !this.hasAttribute("autoplay") || wantsStillness();
      this.#set("ready", this.#player.imageView(outcome.url, this.#alt, texts, isStill, lost));
    } else {
      this.#showReplay(outcome.replay);
    }
  }

  #showReplay(replay: Replay): void {
    // The step that was shown while the task was live stays the current one.
    const before = this.#state === "live" ? this.#view?.index : undefined;
    // If the GIF before was playing, the new one plays, too.
    const isOn = this.#state === "ready" && this.#view ? this.#view.isOn : undefined;
    this.#leavePage?.();
    this.#showPlayer(replay, "ready");
    if (replay.missing > 0) this.#view!.note(this.#texts.missing(replay.missing));
    if (before !== undefined) this.#view!.goTo(before);
    this.#onHash();
    const view = this.#view!;
    this.#leavePage = this.#player.addPlayer({
      bytes: replay.heldBytes ?? 0,
      get playedAt() {
        return view.playedAt;
      },
      element: this,
      allow: (mayHold, isSeen) => view.allow(mayHold, isSeen),
    });
    if (stepInAddress()) return;
    if (isOn ?? (this.hasAttribute("autoplay") && !wantsStillness())) this.play();
    else if (this.hasAttribute("poster") && isOn === undefined && before === undefined)
      void view.cover(this.#posterImage()).catch(() => {});
  }

  #showPlayer(replay: Replay, state: TaskGifState): void {
    const events: PlayerEvents = {
      moved: (index, frame) => {
        const { startMs: _, ...step } = replay.steps[index]!;
        this.#emit("stepchange", { ...step, index, count: replay.steps.length, frame } satisfies StepDetail);
      },
      playing: (isPlaying) => {
        this.#emit(isPlaying ? "play" : "pause", null);
        this.#player.shareAgain();
      },
      ended: () => this.#emit("ended", null),
      rated: (rate) => {
        this.playbackRate = rate;
      },
      failed: (error) => this.#fail(error),
    };
    const fullscreen = document.fullscreenEnabled ? () => this.#toggleFullscreen() : undefined;
    const isShown = controlsIn(this.getAttribute("controlslist"));
    const options = {
      labels: this.#texts,
      alt: this.#alt,
      isShown,
      fullscreen: isShown("fullscreen") ? fullscreen : undefined,
      rate: this.#rate,
      isLive: state === "live",
      canvas: this.#view?.canvas,
    };
    this.#view?.close();
    this.#view = new this.#player.PlayerView(replay, options, events);
    this.#setLoop();
    this.#set(state, this.#view.element);
  }

  #toggleFullscreen(): void {
    const done = document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
    done.catch(() => {}); // the browser says no, and stays as it is
  }

  #setLoop(): void {
    if (this.#view) this.#view.clock.loop = this.hasAttribute("loop");
  }

  /** Shows an error to users in plain words, and to developers in the console and in the event. */
  #fail(error: unknown, known: Partial<FailedReplay> = {}, mayWait = true): void {
    const texts = this.#texts;
    const view = this.#view;
    const { numberOf, addressOf, screenshots, picture } = known;
    const isRecording = this.#inputs.recorder !== undefined;
    const failure = describeFailure(error, {
      nameOf: (frame) => texts.screenshot(numberOf?.(frame) ?? frame + 1),
      subject: isRecording ? texts.recording : texts.replay,
      screenshots: isRecording ? (this.#view?.count ?? 0) : screenshots,
      ...(addressOf && { addressOf }),
      texts: texts.failures,
    });
    const { kind, code, message, actions, isNeutral, title, advice } = failure;
    // A recording shows its only screenshot itself.
    if (kind === "ONE_SCREENSHOT" && mayWait && view && !view.isDrawn) {
      void view.drawn().then(() => this.#view === view && this.#fail(error, known, false));
      return;
    }
    const live = kind === "ONE_SCREENSHOT" ? view?.canvas : undefined;
    this.#stop();
    // Only screenshots can be loaded again without the bad ones; a GIF has none, and a recording has ended.
    const canSkip = actions.includes("skip") && numberOf !== undefined;
    const options = { ...this.#inputs.options, onBadFrame: "skip" as const };
    const panel: Panel = {
      title,
      detail: advice,
      picture:
        live ?? (picture && this.#player.canvasOf(picture, { part: "screen", role: "img", "aria-label": this.#alt })),
      retry: actions.includes("retry") ? () => this.retry() : undefined,
      skip: canSkip ? () => void this.load({ ...this.#inputs, options }) : undefined,
    };
    if (kind !== "ABORTED") console[isNeutral ? "warn" : "error"](`<task-gif> ${code}: ${message}`);
    const reason = isNeutral ? reasonOf(failure, error) : undefined;
    this.#tell(isNeutral ? "unavailable" : "error", panel, { ...(reason && { reason }), code, message });
  }

  /** Shows a panel, or changes the texts of the current one. */
  #tell(state: TaskGifState, panel: Panel, detail?: Omit<StateDetail, "state">): void {
    this.#panel ??= panelView(this.#texts);
    this.#panel.update(panel);
    if (this.#state !== state || !this.#panel.element.isConnected) this.#set(state, this.#panel.element, detail);
  }

  #set(state: TaskGifState, content?: HTMLElement, detail?: Omit<StateDetail, "state">): void {
    if (content && content !== this.#panel?.element) this.#panel = undefined;
    this.#state = state;
    this.setAttribute("state", state);
    this.shadowRoot!.replaceChildren(h("slot", { name: state }, content && h("div", { part: state }, content)));
    this.#emit("statechange", { state, ...detail });
  }

  #emit<Name extends keyof TaskGifEventMap>(type: Name, detail: TaskGifEventMap[Name]["detail"]): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  readonly #onHash = (): void => {
    const index = indexInAddress(this.#view?.replay.steps ?? []);
    if (index >= 0) this.#view?.goTo(index);
  };
}

function wantsStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function closeOutcome(outcome: ReplayOutcome): void {
  if (outcome.kind === "replay") outcome.replay.close();
  else if (outcome.kind === "image") outcome.close?.();
}

/** Reasons of the client why there is no GIF. */
function reasonOf({ kind }: Failure, error: unknown): string {
  const { reason } = (error ?? {}) as { reason?: unknown };
  if (typeof reason === "string") return reason;
  if (/SCREENSHOT/.test(kind)) return "too_few_screenshots";
  return kind === "ABORTED" ? "cancelled" : kind.toLowerCase();
}

/** Whether a GIF is in memory, so that it needs no download. */
function isAtHand(gif: ReplayInputs["gif"]): boolean {
  return gif !== undefined && typeof gif !== "string" && !(gif instanceof URL) && !(gif instanceof Response);
}
