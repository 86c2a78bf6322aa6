import type { TaskGif } from "task-gif";
import { h, prefersStillness } from "../../ui/dom.ts";
import { formatPosition } from "../../ui/format.ts";
import { type IconName, icon } from "../../ui/icons.ts";
import type { GifFrames } from "./frame-decoder.ts";
import { ReplayClock } from "./playback-clock.ts";
import { track } from "./scrubber.ts";

/** What the rest of the page knows of a player. Another one, such as a custom element, fits behind the same seam. */
export type Player = {
  element: HTMLElement;
  /** Shows the start of a frame and stays there. */
  showFrame(index: number): void;
  pause(): void;
  /** Puts what is on screen onto a canvas of its own, or `undefined` where only an `<img>` plays. */
  still(): HTMLCanvasElement | undefined;
  close(): void;
};

/** What a player needs to know. */
export type PlayerSettings = {
  gif: TaskGif;
  /** `undefined` where the browser cannot step through a GIF. */
  frames: GifFrames | undefined;
  /** The frame to begin with. */
  start: number;
  /** What a frame shows, in words. */
  describe: (frame: number) => string;
  onframe: (frame: number) => void;
};

/** Plays a GIF with controls where the browser can step through it, and as a plain image elsewhere. */
export function createPlayer(settings: PlayerSettings): Player {
  return settings.frames ? canvasPlayer(settings, settings.frames) : imagePlayer(settings);
}

function imagePlayer({ gif, describe }: PlayerSettings): Player {
  const image = h("img", { class: "screen", src: gif.toUrl(), alt: describe(0), width: gif.width, height: gif.height });
  return {
    element: h("div", { class: "player" }, h("div", { class: "player-stage" }, image)),
    showFrame() {},
    pause() {},
    still: () => undefined,
    close() {},
  };
}

function canvasPlayer({ gif, start, describe, onframe }: PlayerSettings, frames: GifFrames): Player {
  const canvas = h("canvas", { class: "screen", role: "img", width: gif.width, height: gif.height });
  // Without alpha and with the picture's own pixels, what is drawn here is what the file holds.
  const context = canvas.getContext("2d", { alpha: false });
  const clock = new ReplayClock(gif.frames, gif.durationMs, onTick);
  const position = h("span", { class: "player-time numbers" });
  const toggle = control("play", "Play", () => (clock.playing ? clock.pause() : clock.play()));
  const bar = track(gif, { describe, onseek: (ms) => clock.toPosition(ms) });
  const element = h("div", { class: "player" });
  let shown = -1;
  let wanted = -1;
  let closed = false;

  const step = (by: number) => {
    clock.pause();
    clock.toFrame(clock.frame + by);
  };
  const controls = h(
    "div",
    { class: "player-bar" },
    h(
      "div",
      { class: "player-buttons" },
      control("previous", "Previous frame", () => step(-1)),
      toggle,
      control("next", "Next frame", () => step(1)),
    ),
    bar.element,
    position,
    speedChoice((speed) => {
      clock.speed = speed;
    }),
    document.fullscreenEnabled && control("expand", "Full screen", () => void toggleFullscreen(element)),
  );
  const stage = h("div", { class: "player-stage", onclick: () => toggle.click() }, canvas);
  element.append(stage, controls);
  element.addEventListener("keydown", (event) => onKey(event));

  function onTick(): void {
    if (closed) return;
    bar.show(clock.positionMs, clock.frame);
    position.textContent = `${formatPosition(clock.positionMs)} / ${formatPosition(gif.durationMs)}`;
    showPlaying(toggle, clock.playing);
    if (clock.frame !== wanted) {
      wanted = clock.frame;
      canvas.setAttribute("aria-label", describe(wanted));
      onframe(wanted);
      void draw();
    }
  }

  async function draw(): Promise<void> {
    const index = wanted;
    try {
      const picture = await frames.picture(index);
      // Decoding may be slower than playing: an overtaken picture is not worth showing.
      if (!closed && index === wanted) {
        context?.drawImage(picture, 0, 0);
        shown = index;
        canvas.dataset.frame = String(shown);
      }
      picture.close();
    } catch {
      // The decoder was closed while it worked.
    }
  }

  function onKey(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    if (event.key === "k" || (event.key === " " && !(event.target instanceof HTMLButtonElement))) toggle.click();
    else if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else if (event.key === "Home") step(-clock.frame);
    else if (event.key === "f") void toggleFullscreen(element);
    else return;
    event.preventDefault();
  }

  clock.toFrame(start);
  if (!prefersStillness()) clock.play();

  return {
    element,
    showFrame(index) {
      clock.pause();
      clock.toFrame(index);
    },
    pause: () => clock.pause(),
    still: () => canvas,
    close() {
      clock.pause();
      closed = true;
    },
  };
}

function control(name: IconName, label: string, onclick: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "button ghost square", type: "button", "aria-label": label, title: label, onclick },
    icon(name, "solid"),
  );
}

function showPlaying(button: HTMLButtonElement, playing: boolean): void {
  const label = playing ? "Pause" : "Play";
  if (button.title === label && button.dataset.shown) return;
  button.dataset.shown = "true";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.replaceChildren(icon(playing ? "pause" : "play", "solid"));
}

function speedChoice(onchange: (speed: number) => void): HTMLElement {
  const select = h(
    "select",
    { class: "player-speed", "aria-label": "Speed", onchange: () => onchange(Number(select.value)) },
    ...[0.5, 1, 2, 4].map((speed) => h("option", { value: speed, selected: speed === 1 }, `${speed}×`)),
  );
  return select;
}

async function toggleFullscreen(element: HTMLElement): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await element.requestFullscreen().catch(() => {});
}
