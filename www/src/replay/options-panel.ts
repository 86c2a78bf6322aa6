import type { Wishes } from "../assembly/wishes.ts";
import { h } from "../ui/dom.ts";
import { segmented } from "../ui/segmented.ts";

/**
 * The choices that shape a GIF. Each change is reported at once, with all wishes and with those to keep for the next
 * visit. Where there is a server, its GIF is as it is: a choice about the making of a GIF asks for one that is made
 * here, this time.
 */
export function optionsPanel(
  initial: Wishes,
  onchange: (wishes: Wishes, lasting: Wishes) => void,
  { hasServer }: { hasServer: boolean },
): HTMLElement {
  let wishes = initial;
  let lastingSource = initial.source;
  const change = (part: Partial<Wishes>) => {
    wishes = { ...wishes, source: "local", ...part };
    lastingSource = part.source ?? lastingSource;
    fixed.hidden = wishes.timing !== "fixed";
    for (const radio of source.querySelectorAll("input")) radio.checked = radio.value === wishes.source;
    onchange(wishes, { ...wishes, source: lastingSource });
  };
  const source = segmented<Wishes["source"]>({
    label: "Source",
    value: wishes.source,
    choices: [
      { value: "server", label: "Server", title: "The GIF of the task endpoint, where it has one" },
      { value: "local", label: "This machine", title: "A GIF that is made here, with the options below" },
    ],
    onchange: (value) => change({ source: value }),
  });
  const fixed = fixedTime(wishes.fixedMs, (fixedMs) => change({ fixedMs }));
  fixed.hidden = wishes.timing !== "fixed";
  return h(
    "div",
    { class: "options" },
    hasServer && row("Source", source),
    row(
      "Timing",
      segmented<Wishes["timing"]>({
        label: "Timing",
        value: wishes.timing,
        choices: [
          { value: "readable", label: "Readable", title: "Each step stays as long as it takes to see and read it" },
          { value: "fixed", label: "Fixed", title: "The same time for each step" },
        ],
        onchange: (timing) => change({ timing }),
      }),
      fixed,
    ),
    row(
      "Effort",
      segmented<Wishes["effort"]>({
        label: "Effort",
        value: wishes.effort,
        choices: [
          { value: "fast", label: "Fast" },
          { value: "balanced", label: "Balanced" },
          { value: "smallest", label: "Smallest", title: "Takes longer to find fewer bytes" },
        ],
        onchange: (effort) => change({ effort }),
      }),
    ),
    row(
      "Colors",
      segmented<Wishes["colors"]>({
        label: "Colors",
        value: wishes.colors,
        choices: [
          { value: "automatic", label: "Automatic", title: "Differences too small to see are spent on a smaller file" },
          { value: "exact", label: "Exact", title: "No color changes where those of a step fit the format" },
        ],
        onchange: (colors) => change({ colors }),
      }),
    ),
    row(
      "Scale",
      segmented<Wishes["scale"]>({
        label: "Scale",
        value: wishes.scale,
        choices: [
          { value: "1", label: "100 %" },
          { value: "0.75", label: "75 %" },
          { value: "0.5", label: "50 %" },
        ],
        onchange: (scale) => change({ scale }),
      }),
    ),
    row(
      "Plays",
      segmented<Wishes["plays"]>({
        label: "Plays",
        value: wishes.plays,
        choices: [
          { value: "infinite", label: "For ever" },
          { value: "1", label: "Once" },
        ],
        onchange: (plays) => change({ plays }),
      }),
    ),
    h(
      "label",
      { class: "option-check" },
      h("input", {
        type: "checkbox",
        checked: wishes.keepDuplicates,
        onchange: (event: Event) => change({ keepDuplicates: (event.target as HTMLInputElement).checked }),
      }),
      h("span", {}, "Keep identical screenshots as frames of their own"),
    ),
  );
}

function row(label: string, ...controls: HTMLElement[]): HTMLElement {
  return h(
    "div",
    { class: "option-row" },
    h("span", { class: "option-label", "aria-hidden": "true" }, label),
    ...controls,
  );
}

function fixedTime(initialMs: number, onchange: (ms: number) => void): HTMLElement {
  const value = h("output", { class: "numbers" }, seconds(initialMs));
  return h(
    "label",
    { class: "option-range" },
    h("span", { class: "visually-hidden" }, "Seconds for each step"),
    h("input", {
      type: "range",
      min: 200,
      max: 5000,
      step: 100,
      value: initialMs,
      oninput: (event: Event) => {
        value.textContent = seconds((event.target as HTMLInputElement).valueAsNumber);
      },
      onchange: (event: Event) => onchange((event.target as HTMLInputElement).valueAsNumber),
    }),
    value,
  );
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
