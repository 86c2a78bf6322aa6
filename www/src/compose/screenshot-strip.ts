import { h, prefersStillness } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { inSlices } from "../ui/in-slices.ts";
import { watchDrags } from "./drag.ts";
import type { DroppedScreenshot } from "./dropped-screenshot.ts";

/** The screenshots in order, as cards that can be moved by pointer and by keyboard. */
export type ScreenshotStrip = { element: HTMLElement; show(shots: DroppedScreenshot[]): void };

/** Callbacks for changes of the order; the strip itself stores none. */
export type StripSettings = { onmove: (from: number, to: number) => void; onremove: (position: number) => void };

/** Builds an empty strip. */
export function screenshotStrip({ onmove, onremove }: StripSettings): ScreenshotStrip {
  const list = h("ol", { class: "strip" });
  const cards = new Map<number, HTMLLIElement>();
  let order: DroppedScreenshot[] = [];
  let showing = new AbortController();

  const positionOf = (id: number) => order.findIndex((shot) => shot.id === id);

  function card(shot: DroppedScreenshot): HTMLLIElement {
    const move = h(
      "button",
      {
        class: "shot-grip",
        type: "button",
        "aria-describedby": "strip-help",
        onkeydown: (event: KeyboardEvent) => onKey(event, positionOf(shot.id)),
      },
      icon("grip"),
    );
    const image = h("img", { src: shot.url, alt: "", draggable: "false", loading: "lazy", decoding: "async" });
    const size = h("span", { class: "numbers" }, formatBytes(shot.bytes));
    image.addEventListener("load", () => {
      size.textContent = `${image.naturalWidth} × ${image.naturalHeight}, ${formatBytes(shot.bytes)}`;
    });
    image.addEventListener("error", () => {
      image.replaceWith(h("span", { class: "shot-broken" }, icon("warning"), "No preview"));
    });
    return h(
      "li",
      { class: "shot", "data-id": shot.id },
      h("div", { class: "shot-thumb" }, image, h("span", { class: "shot-number numbers" })),
      h(
        "div",
        { class: "shot-text" },
        move,
        h("span", { class: "shot-name" }, h("strong", { title: shot.file.name }, shot.file.name), size),
        h(
          "button",
          {
            class: "button ghost square small",
            type: "button",
            "aria-label": `Remove ${shot.file.name}`,
            title: "Remove",
            onclick: () => onremove(positionOf(shot.id)),
          },
          icon("close"),
        ),
      ),
    );
  }

  function onKey(event: KeyboardEvent, position: number): void {
    const last = order.length - 1;
    const to = {
      ArrowLeft: position - 1,
      ArrowUp: position - 1,
      ArrowRight: position + 1,
      ArrowDown: position + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (to >= 0 && to <= last && to !== position) onmove(position, to);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      onremove(position);
    }
  }

  watchDrags(list, (from, to) => onmove(from, to));

  return {
    element: h(
      "div",
      {},
      h("p", { id: "strip-help", class: "visually-hidden" }, "Arrow keys move the screenshot, Delete removes it"),
      list,
    ),
    show(shots) {
      const places = placesOf(cards);
      const focused = document.activeElement;
      const hadFocus = list.contains(focused);
      order = shots;
      const kept = new Set(shots.map(({ id }) => id));
      for (const [id, element] of cards) {
        if (kept.has(id)) continue;
        element.remove();
        cards.delete(id);
      }
      showing.abort();
      showing = new AbortController();
      const count = shots.length;
      let last: Element | null = null;
      const place = (position: number) => {
        const shot = shots[position];
        if (!shot) return;
        const element = cards.get(shot.id) ?? card(shot);
        cards.set(shot.id, element);
        const there: Element | null = last ? last.nextElementSibling : list.firstElementChild;
        if (there !== element) list.insertBefore(element, there);
        last = element;
        label(element, shot, position, count);
      };
      // Existing cards are moved, since building new ones takes time.
      inSlices(count, place, showing.signal, cards.size);
      // An element that moves in the document loses the focus.
      if (hadFocus && focused instanceof HTMLElement && focused.isConnected) focused.focus();
      if (!prefersStillness() && places.size > 0) glide(cards, places);
    },
  };
}

function label(element: HTMLElement, shot: DroppedScreenshot, position: number, count: number): void {
  const number = element.querySelector(".shot-number");
  if (number) number.textContent = String(position + 1);
  element
    .querySelector(".shot-grip")
    ?.setAttribute("aria-label", `Move ${shot.file.name}, ${position + 1} of ${count}`);
}

/** Returns the positions of the visible cards. */
function placesOf(cards: Map<number, HTMLElement>): Map<number, DOMRect> {
  const places = new Map<number, DOMRect>();
  for (const [id, element] of cards) {
    const place = element.getBoundingClientRect();
    if (place.bottom > 0 && place.top < innerHeight) places.set(id, place);
  }
  return places;
}

/** Animates each card from its old position to the new one. */
function glide(cards: Map<number, HTMLElement>, places: Map<number, DOMRect>): void {
  for (const [id, element] of cards) {
    const before = places.get(id);
    if (!before || element.classList.contains("dragged")) continue;
    const now = element.getBoundingClientRect();
    const [dx, dy] = [before.left - now.left, before.top - now.top];
    if (dx === 0 && dy === 0) continue;
    element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], {
      duration: 220,
      easing: "cubic-bezier(0.2, 0, 0, 1)",
    });
  }
}
