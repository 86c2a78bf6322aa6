import { h } from "../dom.ts";

/** The speeds that are offered, as factors on real time. */
const SPEEDS = [0.5, 1, 2, 4];

/** Creates a menu of speeds. `onchoose` is called with the chosen one. */
export function speedSelect(label: string, onchoose: (rate: number) => void): HTMLSelectElement {
  const select = h("select", { part: "speed", "aria-label": label, title: label });
  select.onchange = () => onchoose(Number(select.value));
  return select;
}

/** Selects `rate` in the menu, and adds it if it is not one of the offered speeds. */
export function showSpeed(select: HTMLSelectElement, rate: number): void {
  const rates = SPEEDS.includes(rate) ? SPEEDS : [...SPEEDS, rate].sort((a, b) => a - b);
  select.replaceChildren(
    ...rates.map((each) => h("option", { value: each, selected: each === rate }, `${each}\u00d7`)),
  );
}
