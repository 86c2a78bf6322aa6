import type { ComparedPair } from "task-gif/compare";
import { describeFailure } from "task-gif/failures";
import { comparisonDownload } from "../comparison/comparison-download.ts";
import { outcomeOf, pairList } from "../comparison/pair-list.ts";
import { type PairPlayers, pairPlayers } from "../comparison/pair-players.ts";
import { taskScreenshots } from "../comparison/task-screenshots.ts";
import { failurePanel } from "../replay/status-panels.ts";
import { hrefOf, type Route } from "../router.ts";
import { statusBadge } from "../tasks/status.ts";
import type { Task, TaskSource } from "../tasks/task.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { notFound } from "./not-found.ts";
import type { View } from "./view.ts";

type CompareRoute = Extract<Route, { view: "compare" }>;

/** The view of two runs side by side, stepped together. Differences are marked, and the URL contains the current step. */
export function compareView(source: TaskSource, route: CompareRoute): View {
  const leaving = new AbortController();
  const { signal } = leaving;
  const body = h(
    "div",
    { "aria-busy": "true" },
    h("p", { class: "muted", role: "status" }, "Comparing the two runs …"),
  );
  const actions = h("div", { class: "head-actions" });
  const summary = h("div", { class: "head-meta numbers", role: "status" });
  const element = h(
    "div",
    { class: "page wide comparison" },
    h(
      "div",
      { class: "task-head" },
      h("a", { class: "back", href: hrefOf({ view: "tasks" }) }, icon("arrow-left"), "Tasks"),
      h("div", { class: "head-row" }, h("h1", { class: "task-name" }, "Compare two runs"), actions),
      summary,
    ),
    body,
  );
  let players: PairPlayers | undefined;

  async function load(): Promise<void> {
    try {
      const [a, b] = await Promise.all([source.get(route.a), source.get(route.b)]);
      if (signal.aborted) return;
      if (!a || !b) {
        const { title, advice } = describeFailure({ code: "NOT_FOUND" });
        element.replaceWith(notFound(title, advice));
        return;
      }
      await show([a, b]);
    } catch (error) {
      if (signal.aborted) return;
      const failure = describeFailure(error, { subject: "The comparison" });
      console.error(`${failure.code}: ${failure.message}`);
      const run = () => void load();
      fill(body, failurePanel(failure, failure.actions.length > 0 ? [{ label: "Try again", run }] : []));
    }
  }

  async function show([a, b]: readonly [Task, Task]): Promise<void> {
    const runs = [taskScreenshots(a, signal), taskScreenshots(b, signal)] as const;
    const { compareRuns } = await import("task-gif/compare");
    const { pairs, same, changed, onlyA, onlyB } = await compareRuns(...runs, { signal });
    if (signal.aborted) return;
    fill(summary, `${same} same, ${changed} different, ${onlyA} only in A, ${onlyB} only in B`);
    const labels = a.task === b.task ? (["A", "B"] as const) : ([a.task, b.task] as const);
    fill(
      actions,
      swapLink(),
      comparisonDownload({ runs, labels, fileName: `compare-${route.a}-${route.b}.gif`, signal }),
    );
    body.setAttribute("aria-busy", "false");
    if (pairs.length === 0) return fill(body, h("p", { class: "muted" }, "Neither run has a screenshot."));
    players = pairPlayers(
      [
        { side: "a", heading: headingOf(a), title: a.task, screenshots: runs[0] },
        { side: "b", heading: headingOf(b), title: b.task, screenshots: runs[1] },
      ],
      (side, place) => goTo(pairs.findIndex((pair) => pair[side] === place)),
    );
    const list = pairList(pairs, runs, goTo);
    const position = h("span", { class: "pair-position numbers", "aria-live": "polite" });
    let current = -1;

    function goTo(index: number): void {
      const pair = pairs[index];
      if (!pair || index === current) return;
      current = index;
      players?.show(pair);
      list.show(index);
      fill(position, `${index + 1} of ${pairs.length}: ${outcomeOf(pair)}`);
      history.replaceState(null, "", hrefOf({ ...route, step: index + 1 }));
    }

    const nextDifferent = () => {
      const isDifferent = ({ outcome }: ComparedPair) => outcome !== "same";
      const next = pairs.findIndex((pair, index) => index > current && isDifferent(pair));
      const found = next === -1 ? pairs.findIndex(isDifferent) : next;
      if (found === -1) announce("Nothing differs");
      else goTo(found);
    };
    const controls = h(
      "div",
      { class: "pair-controls", role: "group", "aria-label": "Steps of both runs" },
      control("previous", "Previous step", () => goTo(current - 1)),
      control("next", "Next step", () => goTo(current + 1)),
      h("button", { class: "button", type: "button", onclick: nextDifferent }, icon("compare"), "Next difference"),
      position,
    );
    element.addEventListener("keydown", (event) => {
      if (event.target !== element && (event.target as Element).closest("task-gif, input, button.pair-row")) return;
      if (event.key === "ArrowLeft") goTo(current - 1);
      if (event.key === "ArrowRight") goTo(current + 1);
    });
    fill(body, players.element, controls, list.element);
    const firstDifferent = pairs.findIndex(({ outcome }) => outcome !== "same");
    goTo(Math.min(Math.max((route.step ?? firstDifferent + 1) - 1, 0), pairs.length - 1));
  }

  function swapLink(): HTMLElement {
    return h("a", { class: "button", href: hrefOf({ view: "compare", a: route.b, b: route.a }) }, "Swap A and B");
  }

  void load();
  return {
    element,
    title: "Compare",
    close() {
      leaving.abort();
      players?.close();
    },
  };
}

function headingOf({ id, task, status }: Task): HTMLElement {
  return h("span", { class: "pair-task" }, h("a", { href: hrefOf({ view: "task", id }) }, task), statusBadge(status));
}

function control(name: "previous" | "next", label: string, onclick: () => void): HTMLElement {
  return h(
    "button",
    { class: "button ghost square", type: "button", "aria-label": label, title: label, onclick },
    icon(name),
  );
}
