import { h } from "./dom.ts";

let nextGroup = 0;

/** A tab and its panel. */
export type Tab = { label: string; note?: string | number; panel: HTMLElement };

/** Creates a row of tabs with one visible panel. Arrow keys move between tabs. */
export function tabs(label: string, all: Tab[]): { element: HTMLElement; show(index: number): void } {
  const group = `tabs-${nextGroup++}`;
  const buttons = all.map(({ label: text, note, panel }, index) => {
    panel.id = `${group}-panel-${index}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `${group}-${index}`);
    return h(
      "button",
      {
        class: "tab",
        type: "button",
        role: "tab",
        id: `${group}-${index}`,
        "aria-controls": panel.id,
        onclick: () => show(index),
      },
      text,
      note !== undefined && h("span", { class: "count numbers" }, note),
    );
  });

  function show(index: number): void {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    });
    all.forEach(({ panel }, at) => {
      panel.hidden = at !== index;
    });
  }

  function onKey(event: KeyboardEvent): void {
    const now = buttons.indexOf(event.target as HTMLButtonElement);
    const last = buttons.length - 1;
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
    if (now === -1 || to === undefined) return;
    event.preventDefault();
    const index = (to + buttons.length) % buttons.length;
    show(index);
    buttons[index]?.focus();
  }

  show(0);
  return {
    element: h(
      "div",
      { class: "tabs" },
      h("div", { class: "tab-row", role: "tablist", "aria-label": label, onkeydown: onKey }, ...buttons),
      ...all.map(({ panel }) => panel),
    ),
    show,
  };
}
