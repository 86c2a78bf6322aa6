import { h } from "./dom.ts";

let nextGroup = 0;

/** One choice of a segmented control. */
export type Choice<Value extends string> = { value: Value; label: string; title?: string };

/** Creates a segmented control from radio buttons, so that arrow keys and screen readers work. */
export function segmented<Value extends string>(settings: {
  label: string;
  choices: Choice<Value>[];
  value: Value;
  onchange: (value: Value) => void;
}): HTMLElement {
  const name = `segmented-${nextGroup++}`;
  return h(
    "div",
    { class: "segmented", role: "radiogroup", "aria-label": settings.label },
    ...settings.choices.map(({ value, label, title }) =>
      h(
        "label",
        { class: "segmented-choice", title },
        h("input", {
          type: "radio",
          name,
          value,
          checked: value === settings.value,
          onchange: () => settings.onchange(value),
        }),
        h("span", {}, label),
      ),
    ),
  );
}
