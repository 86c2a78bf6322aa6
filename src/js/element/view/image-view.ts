import { h } from "./dom.ts";
import { draw, iconButton, PAUSE, PLAY } from "./icons.ts";
import type { Labels } from "./labels.ts";

/**
 * Shows a GIF whose bytes cannot be read, since its host sends no CORS headers: an `<img>` plays it. Pausing shows
 * its first frame instead.
 */
export function imageView(url: string, alt: string, labels: Labels, isStill: boolean, failed: () => void): HTMLElement {
  const image = h("img", { part: "screen", alt, src: url });
  const still = h("canvas", { part: "screen", role: "img", "aria-label": alt });
  const button = iconButton("play", "", "", () => show(!still.hidden));
  const show = (isPlaying: boolean) => {
    image.hidden = !isPlaying;
    still.hidden = isPlaying;
    button.ariaLabel = button.title = isPlaying ? labels.pause : labels.play;
    draw(button.firstElementChild as SVGElement, isPlaying ? PAUSE : PLAY);
  };
  image.onload = () => {
    still.width = image.naturalWidth;
    still.height = image.naturalHeight;
    still.getContext("2d")?.drawImage(image, 0, 0);
  };
  image.onerror = failed;
  show(!isStill);
  return h(
    "div",
    { part: "player", role: "group", "aria-label": labels.controls },
    h("div", { part: "stage" }, image, still),
    h("div", { part: "controls" }, button),
  );
}
