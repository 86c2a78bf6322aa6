import "task-gif/define";
import type { DescribedScreenshot } from "task-gif";
import type { ComparedPair } from "task-gif/compare";
import { fill, h } from "../ui/dom.ts";

/** Two players side by side that show the same pair of steps. */
export type PairPlayers = {
  element: HTMLElement;
  /** Shows the steps of a pair. */
  show(pair: ComparedPair): void;
  close(): void;
};

/** One of the two runs. */
export type ComparedSide = { side: "a" | "b"; heading: HTMLElement; title: string; screenshots: DescribedScreenshot[] };

/** Controls that the page offers once for both players. */
const NOT_HERE = "nodownload nocopy noshare notranscript nofullscreen";

/** Creates two players. `onstep` is called when one of them moves to another step by itself. */
export function pairPlayers(
  sides: readonly [ComparedSide, ComparedSide],
  onstep: (side: "a" | "b", place: number) => void,
): PairPlayers {
  const players = sides.map((side) => sidePlayer(side, (place) => onstep(side.side, place)));
  return {
    element: h("div", { class: "pair-players" }, ...players.map(({ element }) => element)),
    show(pair) {
      for (const player of players) player.show(pair);
    },
    close() {
      for (const player of players) player.close();
    },
  };
}

function sidePlayer({ side, heading, title, screenshots }: ComparedSide, onstep: (place: number) => void) {
  const player = h("task-gif", { alt: title, compact: true, controlslist: NOT_HERE });
  const empty = h("p", { class: "no-step muted" }, `${side.toUpperCase()} has no such step`);
  const badge = h("span", { class: "pair-number numbers muted" });
  /** Index of the current step, or of the step to show when the player is ready. */
  let current: number | undefined = 0;
  player.addEventListener("statechange", ({ detail: { state } }) => {
    if (state === "ready" && current !== undefined) player.goToStep(current);
  });
  player.addEventListener("stepchange", ({ detail: { index } }) => {
    if (current === undefined || index === current || player.paused) return;
    current = index;
    onstep(index);
  });
  player.options = { minFrames: 1, skipBlank: false };
  player.screenshots = screenshots;
  return {
    element: h(
      "section",
      { class: "card pair-side", "aria-label": `Run ${side.toUpperCase()}` },
      h("div", { class: "pair-head" }, h("span", { class: "pair-letter" }, side.toUpperCase()), heading, badge),
      h("div", { class: "pair-stage" }, player, empty),
    ),
    show(pair: ComparedPair) {
      const place = pair[side];
      empty.hidden = place !== undefined;
      player.classList.toggle("without-step", place === undefined);
      player.inert = place === undefined;
      fill(badge, `${place === undefined ? "–" : place + 1} of ${screenshots.length}`);
      const isThere = place === current && player.stepIndex === place;
      current = place;
      if (place === undefined) player.pause();
      else if (!isThere) player.goToStep(place);
    },
    close: () => player.remove(),
  };
}
