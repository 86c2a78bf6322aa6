import { h } from "./dom.ts";

const regions = new Set<HTMLElement>();

/** Creates a live region for screen readers. The page needs one, and each dialog another one, since a dialog hides the page. */
export function announcerElement(): HTMLElement {
  const region = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  regions.add(region);
  return region;
}

/** Announces a text to screen readers. */
export function announce(text: string): void {
  for (const region of regions) {
    if (region.isConnected) region.textContent = text;
    else regions.delete(region);
  }
}
