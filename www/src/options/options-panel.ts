import { h } from "../ui/dom.ts";
import { formatSeconds } from "../ui/format.ts";
import { type Choice, segmented } from "../ui/segmented.ts";
import type { SavedOptions } from "./saved-options.ts";

/** The options beside the preview. */
export type OptionsPanel = {
  element: HTMLElement;
  /** Changes options like an action of the user. */
  choose(part: Partial<SavedOptions>): void;
  /** Sets whether the current GIF was made with the options; otherwise they are not shown as chosen. */
  showApplied(areApplied: boolean): void;
};

/** Names of the options that are one of several texts, and of those that are booleans. */
type Names<Kind> = { [Name in keyof SavedOptions]: SavedOptions[Name] extends Kind ? Name : never }[keyof SavedOptions];

/**
 * The panel of GIF options. Each change is reported at once, with all options and with those to store for the next
 * visit. The GIF of a server has fixed options: changing one switches to a GIF that is assembled here, for this visit.
 */
export function optionsPanel(
  initial: SavedOptions,
  onchange: (saved: SavedOptions, lasting: SavedOptions) => void,
  { hasServer, hasTitle, hasCaptions }: { hasServer: boolean; hasTitle: boolean; hasCaptions: boolean },
): OptionsPanel {
  let saved = initial;
  let lastingSource = initial.source;
  let areApplied = !hasServer || initial.source === "local";
  const note = h(
    "p",
    { class: "options-note" },
    "The GIF of the server is shown as it is. A choice makes one here, with what you chose last for the rest.",
  );
  const fixed = fixedTime(saved.fixedMs, (fixedMs) => choose({ fixedMs }));
  const element = h(
    "div",
    { class: "options" },
    hasServer &&
      group("", [
        choice("source", "Source", [
          { value: "server", label: "Server", title: "The GIF of the task endpoint, where it has one" },
          { value: "local", label: "This machine", title: "A GIF that is made here, with the options below" },
        ]),
        note,
      ]),
    group("Picture", [
      choice("camera", "Camera", [
        { value: "whole", label: "Whole page" },
        { value: "follow", label: "Follow", title: "Goes near to where each step happens; half the size" },
      ]),
      hasCaptions &&
        choice("captions", "Captions", [
          { value: "off", label: "Off" },
          { value: "below", label: "Below", title: "In a bar below the page, which covers nothing" },
          { value: "over", label: "Over", title: "In boxes over the page" },
        ]),
      h(
        "div",
        { class: "option-checks" },
        hasTitle && check("titleCard", "Title card"),
        check("stepNumbers", "Step numbers"),
        check("progressBar", "Progress bar"),
        check("clickMarkers", "Click marks"),
      ),
    ]),
    group("Time", [
      choice(
        "timing",
        "Timing",
        [
          { value: "readable", label: "Readable", title: "Each step stays as long as it takes to see and read it" },
          { value: "fixed", label: "Fixed", title: "The same time for each step" },
        ],
        fixed,
      ),
      choice("length", "At most", [
        { value: "none", label: "Any" },
        { value: "30", label: "30 s" },
        { value: "20", label: "20 s", title: "Shortens what can be shortened, then leaves out what changes least" },
        { value: "10", label: "10 s" },
      ]),
      choice("speed", "Speed", [
        { value: "1", label: "1×" },
        { value: "1.5", label: "1.5×" },
        { value: "2", label: "2×" },
      ]),
      choice("plays", "Plays", [
        { value: "infinite", label: "For ever" },
        { value: "1", label: "Once" },
      ]),
    ]),
    group("File", [
      choice("limit", "Fit under", [
        { value: "none", label: "Any" },
        { value: "10", label: "10 MB" },
        { value: "5", label: "5 MB" },
        { value: "1", label: "1 MB" },
      ]),
      choice("effort", "Effort", [
        { value: "fast", label: "Fast" },
        { value: "balanced", label: "Balanced" },
        { value: "smallest", label: "Smallest", title: "Takes longer to find fewer bytes" },
      ]),
      choice("colors", "Colors", [
        { value: "automatic", label: "Automatic", title: "Differences too small to see are spent on a smaller file" },
        { value: "exact", label: "Exact", title: "No color changes where those of a step fit the format" },
      ]),
      choice("scale", "Scale", [
        { value: "1", label: "100 %" },
        { value: "0.75", label: "75 %" },
        { value: "0.5", label: "50 %" },
      ]),
      check("keepDuplicates", "Keep identical screenshots as frames of their own"),
    ]),
  );

  function choose(part: Partial<SavedOptions>): void {
    saved = { ...saved, source: "local", ...part };
    lastingSource = part.source ?? lastingSource;
    if (saved.source === "local") areApplied = true;
    show();
    onchange(saved, { ...saved, source: lastingSource });
  }

  function show(): void {
    note.hidden = areApplied;
    fixed.hidden = saved.timing !== "fixed" || !areApplied;
    for (const input of element.querySelectorAll<HTMLInputElement>("input[data-option]")) {
      const name = input.dataset.option as keyof SavedOptions;
      const value = saved[name];
      const isChosen = typeof value === "boolean" ? value : input.value === value;
      input.checked = isChosen && (areApplied || name === "source");
    }
  }

  function choice<Name extends Names<string>>(
    name: Name,
    label: string,
    choices: Choice<SavedOptions[Name]>[],
    ...more: HTMLElement[]
  ): HTMLElement {
    const control = segmented<SavedOptions[Name]>({
      label,
      value: saved[name],
      choices,
      onchange: (value) => choose({ [name]: value }),
    });
    for (const input of control.querySelectorAll("input")) input.dataset.option = name;
    return row(label, control, ...more);
  }

  function check(name: Names<boolean>, label: string): HTMLElement {
    const input = h("input", {
      type: "checkbox",
      "data-option": name,
      onchange: () => choose({ [name]: input.checked }),
    });
    return h("label", { class: "option-check" }, input, h("span", {}, label));
  }

  show();
  return {
    element,
    choose,
    showApplied(next) {
      areApplied = next;
      show();
    },
  };
}

function group(title: string, rows: (HTMLElement | false)[]): HTMLElement {
  return h("div", { class: "option-group" }, title !== "" && h("h2", {}, title), ...rows);
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
  const value = h("output", { class: "numbers" }, `${formatSeconds(initialMs)} s`);
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
        value.textContent = `${formatSeconds((event.target as HTMLInputElement).valueAsNumber)} s`;
      },
      onchange: (event: Event) => onchange((event.target as HTMLInputElement).valueAsNumber),
    }),
    value,
  );
}
