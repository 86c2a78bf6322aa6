import type { DescribedScreenshot } from "task-gif";
import type { ComparedPair } from "task-gif/compare";
import { h } from "../ui/dom.ts";

/** A list of the pairs of steps, with the current one marked. */
export type PairList = {
  element: HTMLElement;
  /** Marks the pair at an index. */
  show(index: number): void;
};

/** Builds the list. `onpick` gets the index of the chosen pair. */
export function pairList(
  pairs: readonly ComparedPair[],
  [a, b]: readonly [readonly DescribedScreenshot[], readonly DescribedScreenshot[]],
  onpick: (index: number) => void,
): PairList {
  const buttons = pairs.map((pair, index) => {
    const [stepA, stepB] = [at(a, pair.a), at(b, pair.b)];
    return h(
      "button",
      { class: `pair-row ${pair.outcome}`, type: "button", onclick: () => onpick(index) },
      h("span", { class: "pair-places numbers" }, placeOf(pair.a), h("span", { class: "muted" }, "/"), placeOf(pair.b)),
      h("span", { class: "pair-caption" }, captionOf(stepA, stepB)),
      h("span", { class: `badge ${TONES[pair.outcome]}` }, outcomeOf(pair)),
    );
  });
  const list = h("ol", { class: "pair-list" }, ...buttons.map((button) => h("li", {}, button)));
  return {
    element: list,
    show(index) {
      buttons.forEach((button, place) => {
        if (place === index) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
      });
      const button = buttons[index];
      if (button) reveal(list, button);
    },
  };
}

/** Scrolls the list, but never the page, so that the players stay in view. */
function reveal(list: HTMLElement, button: HTMLElement): void {
  const [top, bottom] = [button.offsetTop, button.offsetTop + button.offsetHeight];
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}

const TONES: Record<ComparedPair["outcome"], string> = { same: "plain", changed: "bad", onlyA: "warn", onlyB: "warn" };

const at = (steps: readonly DescribedScreenshot[], place: number | undefined) =>
  place === undefined ? undefined : steps[place];

const placeOf = (place: number | undefined) => (place === undefined ? "–" : String(place + 1));

function captionOf(a: DescribedScreenshot | undefined, b: DescribedScreenshot | undefined): string {
  const captions = [...new Set([a?.caption, b?.caption].filter((caption) => caption))];
  return captions.join(" → ") || a?.url || b?.url || "";
}

/** Describes the differences of a pair in a few words. */
export function outcomeOf({ outcome, changes, diffPixelRatio = 0 }: ComparedPair): string {
  if (outcome === "same") return "Same";
  if (outcome === "onlyA") return "Only in A";
  if (outcome === "onlyB") return "Only in B";
  const words = changes.map((change) =>
    change === "picture" ? `${percent(diffPixelRatio)} of pixels` : change === "url" ? "address" : change,
  );
  return `Differs: ${words.join(", ")}`;
}

function percent(share: number): string {
  if (share < 0.001) return "< 0.1 %";
  return `${share < 0.1 ? (share * 100).toFixed(1) : Math.round(share * 100)} %`;
}
