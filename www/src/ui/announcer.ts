import { h } from "./dom.ts";

const region = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });

/** The element that screen readers listen to; belongs into the page once. */
export function announcerElement(): HTMLElement {
  return region;
}

/** Says something to people who cannot see that it happened. */
export function announce(text: string): void {
  region.textContent = text;
}
