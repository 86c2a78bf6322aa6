import type { Run } from "task-gif/runs";
import { hrefOf } from "../router.ts";
import { fill, h } from "../ui/dom.ts";
import { formatCount, formatMoment } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { onVisible } from "../ui/on-visible.ts";
import { pictureOf } from "./run-screenshots.ts";

const TONES: Record<NonNullable<Run["status"]>, { label: string; tone: string }> = {
  passed: { label: "Passed", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  skipped: { label: "Skipped", tone: "plain" },
  stopped: { label: "Stopped", tone: "warn" },
  running: { label: "Running", tone: "accent" },
};

/** A run in the list of a record, as a link to its replay. */
export function runCard(run: Run, number: number): HTMLElement {
  const { name = `Run ${number}`, error, warnings } = run;
  return h(
    "a",
    { class: "task-card run-card", href: hrefOf({ view: "record", run: number }), "data-run": number },
    thumbnail(run),
    h(
      "div",
      { class: "task-text" },
      h("strong", {}, name),
      h("div", { class: "head-meta numbers" }, ...facts(run)),
      error !== undefined && h("p", { class: "muted run-error" }, error),
      warnings.length > 0 && h("p", { class: "muted" }, warnings.map(({ message }) => message).join(" ")),
    ),
  );
}

/** The thumbnail of a run: its failed step, or else the last one; read when it becomes visible. */
function thumbnail({ screenshots }: Run): HTMLElement {
  const element = h("div", { class: "task-thumb skeleton" });
  const telling = screenshots.findLast(({ failed }) => failed) ?? screenshots.at(-1);

  function empty(): void {
    element.classList.replace("skeleton", "empty");
    fill(element, icon("image"));
  }

  async function show(): Promise<void> {
    const blob = await pictureOf(telling?.image).catch(() => undefined);
    if (!blob) return empty();
    const url = URL.createObjectURL(blob);
    const image = h("img", { alt: "", decoding: "async", src: url, onerror: empty });
    image.addEventListener("load", () => {
      URL.revokeObjectURL(url);
      element.classList.remove("skeleton");
    });
    fill(element, image);
  }

  if (telling) onVisible(element, () => void show());
  else empty();
  return element;
}

/** The head of a run's page: name, status, warnings. */
export function runHead(run: Run, actions: HTMLElement, hasOthers: boolean): HTMLElement {
  const { name = "Replay", error, warnings } = run;
  return h(
    "div",
    { class: "task-head" },
    h(
      "a",
      { class: "back", href: hrefOf(hasOthers ? { view: "record" } : { view: "new" }) },
      icon("arrow-left"),
      hasOthers ? "All runs of this record" : "New replay",
    ),
    h("div", { class: "head-row" }, h("h1", { class: "task-name" }, name), actions),
    h(
      "div",
      { class: "head-meta numbers" },
      ...facts(run),
      error !== undefined && h("span", { class: "head-output" }, error),
    ),
    ...warnings.map(({ message }) => h("p", { class: "muted run-warning" }, icon("warning"), message)),
  );
}

function facts({ status, screenshots, tool, startedAtMs }: Run): HTMLElement[] {
  const toolName = tool.version === undefined ? tool.name : `${tool.name} ${tool.version}`;
  const started = startedAtMs === undefined ? undefined : new Date(startedAtMs);
  return [
    ...(status ? [h("span", { class: `badge ${TONES[status].tone}` }, TONES[status].label)] : []),
    h("span", { class: "fact" }, icon("layers"), formatCount(screenshots.length, "screenshot")),
    h("span", { class: "fact" }, toolName),
    ...(started ? [h("time", { class: "fact", datetime: started.toISOString() }, formatMoment(started))] : []),
  ];
}
