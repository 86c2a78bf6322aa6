import { h } from "../dom.ts";

/** The speeds that are offered, as factors on real time. */
const SPEEDS = [0.5, 1, 2, 4];

/** A menu of speeds; `onchoose` hears of the chosen one. */
export function speedSelect(label: string, onchoose: (rate: number) => void): HTMLSelectElement {
  const select = h("select", { part: "speed", "aria-label": label, title: label });
  select.onchange = () => onchoose(Number(select.value));
  return select;
}

/** Shows `rate` in the menu, beside the offered speeds where it is none of them. */
export function showSpeed(select: HTMLSelectElement, rate: number): void {
  const rates = SPEEDS.includes(rate) ? SPEEDS : [...SPEEDS, rate].sort((a, b) => a - b);
  select.replaceChildren(
    ...rates.map((each) => h("option", { value: each, selected: each === rate }, `${each}\u00d7`)),
  );
}
