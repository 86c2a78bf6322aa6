import type { FrameInfo, TaskGif } from "task-gif";
import { h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { segmented } from "../ui/segmented.ts";
import type { ReplayScreenshot } from "./screenshot.ts";
import { sourcesOf } from "./screenshot-outcomes.ts";

type Zoom = "fit" | "1" | "2";

/** Compares a screenshot with its frame in the GIF. */
export type ComparisonSlider = {
  element: HTMLElement;
  /** Index in `gif.frames` of the current frame. */
  readonly frame: number;
  showFrame(index: number): void;
  close(): void;
};

/** What the slider compares. */
export type ComparisonSliderSettings = {
  gif: TaskGif;
  items: ReplayScreenshot[];
  /** Whether the GIF has a bar below the pictures, for captions or progress. */
  hasBar: boolean;
  onframe: (index: number) => void;
};

/** Builds a slider: the screenshot is shown to the left of its handle, the GIF to the right, both at the same scale. */
export function comparisonSlider({ gif, items, hasBar, onframe }: ComparisonSliderSettings): ComparisonSlider {
  const source = h("img", { class: "slider-layer", alt: "" });
  const canvas = h("canvas", { class: "slider-layer", width: gif.width, height: gif.height });
  const context = canvas.getContext("2d", { alpha: false });
  const content = h(
    "div",
    { class: "slider-content" },
    canvas,
    h("div", { class: `slider-source ${hasBar ? "above-bar" : ""}` }, source),
  );
  const scroller = h(
    "div",
    { class: "slider-scroller", role: "group", tabindex: 0, "aria-label": "Comparison, scrolls" },
    content,
  );
  const handle = h(
    "div",
    {
      class: "slider-handle",
      role: "slider",
      tabindex: 0,
      "aria-label": "Screenshot to the left, GIF to the right",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    h("span", {}, icon("compare")),
  );
  const caption = h("p", { class: "slider-caption" });
  const view = h(
    "div",
    { class: "slider-view", style: { "--ratio": gif.width / gif.height } },
    scroller,
    h("span", { class: "slider-tag left" }, "Screenshot"),
    h("span", { class: "slider-tag right" }, "GIF"),
    handle,
  );
  const sources = sourcesOf(gif, items);
  const opening = import("task-gif/inspect").then(({ GifPlayer }) => GifPlayer.open(gif));
  let share = 0.5;
  let zoom: Zoom = "fit";
  let index = 0;
  let closed = false;

  /** Updates everything that depends on the size of the view and on the zoom. */
  function layOut(): void {
    const { clientWidth, clientHeight } = scroller;
    const natural = 1 / devicePixelRatio;
    const factor =
      zoom === "fit" ? Math.min(clientWidth / gif.width, clientHeight / gif.height) : Number(zoom) * natural;
    content.style.setProperty("--width", `${gif.width * factor}px`);
    content.style.setProperty("--height", `${gif.height * factor}px`);
    const fit = Math.min(1, gif.width / (source.naturalWidth || 1), gif.height / (source.naturalHeight || 1));
    source.style.setProperty("--width", `${source.naturalWidth * fit * factor}px`);
    source.style.setProperty("--height", `${source.naturalHeight * fit * factor}px`);
    view.classList.toggle("magnified", factor > natural);
    moveHandle();
  }

  function moveHandle(): void {
    const x = share * view.clientWidth;
    const inContent =
      x + scroller.getBoundingClientRect().left - content.getBoundingClientRect().left - scrollerInset();
    view.style.setProperty("--x", `${x}px`);
    content.style.setProperty("--cut", `${inContent}px`);
    handle.setAttribute("aria-valuenow", String(Math.round(share * 100)));
    handle.setAttribute("aria-valuetext", `${Math.round(share * 100)} % screenshot`);
  }

  const scrollerInset = () => scroller.getBoundingClientRect().left - view.getBoundingClientRect().left;

  const moveTo = (next: number) => {
    share = Math.min(Math.max(next, 0), 1);
    moveHandle();
  };

  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = view.getBoundingClientRect();
    moveTo((event.clientX - left) / width);
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.1, PageUp: 0.1, Home: -1, End: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(share + by);
  });
  source.addEventListener("load", layOut);
  scroller.addEventListener("scroll", moveHandle, { passive: true });
  const watcher = new ResizeObserver(layOut);
  watcher.observe(view);

  async function showFrame(next: number): Promise<void> {
    index = (next + gif.frames.length) % gif.frames.length;
    const info = gif.frames[index];
    if (!info) return;
    // A title card has no screenshot.
    const item = items[sources[index]?.[0] ?? -1];
    source.hidden = item === undefined;
    if (item) source.src = item.picture;
    void showCaption(item, info);
    try {
      const player = await opening;
      // By time, since the file has more frames when a progress bar moves.
      const { data, width, height } = await player.frame(player.frameAt(info.startMs));
      if (!closed && info === gif.frames[index]) context?.putImageData(new ImageData(data, width, height), 0, 0);
    } catch (error) {
      if (!closed) console.error(error);
    }
  }

  async function showCaption(item: ReplayScreenshot | undefined, info: FrameInfo): Promise<void> {
    const sizes = h("span", { class: "muted numbers" });
    caption.replaceChildren(h("strong", {}, item ? item.goal || item.name : "Title card"), sizes);
    const file = await item?.file.load().catch(() => undefined);
    const before = file && `${formatBytes(file.size)} as a screenshot`;
    // Only the total size of a GIF that was made elsewhere is known.
    const after = info.bytes > 0 && `${formatBytes(info.bytes)} in the GIF`;
    sizes.textContent = [before, after].filter(Boolean).join(", ");
  }

  const go = (by: number) => {
    void showFrame(index + by);
    onframe(index);
  };
  const arrow = (name: "previous" | "next", label: string, by: number) =>
    h(
      "button",
      { class: "button ghost square", type: "button", "aria-label": label, title: label, onclick: () => go(by) },
      icon(name, "solid"),
    );
  const bar = h(
    "div",
    { class: "slider-bar" },
    h("div", { class: "slider-steps" }, arrow("previous", "Previous frame", -1), arrow("next", "Next frame", 1)),
    caption,
    segmented<Zoom>({
      label: "Zoom",
      value: zoom,
      choices: [
        { value: "fit", label: "Fit" },
        { value: "1", label: "1:1", title: "One pixel of the GIF on one pixel of the screen" },
        { value: "2", label: "2:1", title: "Each pixel twice as large" },
      ],
      onchange: (value) => {
        zoom = value;
        layOut();
      },
    }),
  );
  return {
    element: h("div", {}, view, bar),
    get frame() {
      return index;
    },
    showFrame: (next) => void showFrame(next),
    close() {
      closed = true;
      watcher.disconnect();
      opening.then(
        (player) => player.close(),
        () => {},
      );
    },
  };
}
