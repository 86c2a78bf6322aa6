import { h } from "./dom.ts";

const regions = new Set<HTMLElement>();

/** An element that screen readers listen to: one belongs into the page, and one into each dialog, which mutes the page. */
export function announcerElement(): HTMLElement {
  const region = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  regions.add(region);
  return region;
}

/** Says something to people who cannot see that it happened. */
export function announce(text: string): void {
  for (const region of regions) {
    if (region.isConnected) region.textContent = text;
    else regions.delete(region);
  }
}
