import "task-gif/define";
import type { Task } from "../tasks/task.ts";
import { h } from "../ui/dom.ts";
import { TaskRecording } from "./task-recording.ts";

/** The live replay of a running task. */
export type LiveTask = {
  element: HTMLElement;
  /** Shows new steps. */
  show(task: Task): void;
  /** Shows a note that the replay may be out of date; without a text, removes it. */
  warn(text?: string): void;
};

/** Creates the player of a running task. It adds steps until `signal` is aborted and does not move a user away from an earlier step. */
export function liveTask(title: string, signal: AbortSignal): LiveTask {
  const note = h("p", { class: "live-note", role: "status" });
  const player = h("task-gif", { alt: title });
  let recording = begin();
  /** Numbers of the steps that the recording has. */
  let told: number[] = [];

  function begin(): TaskRecording {
    const next = new TaskRecording(signal);
    player.recorder = next;
    return next;
  }

  return {
    element: h(
      "section",
      { class: "card stage-card live", "aria-label": "The task so far", "data-state": "live" },
      note,
      h("div", { class: "stage" }, player),
    ),
    show({ steps }) {
      // A recording only grows at its end. If a step was removed or inserted, a new recording is started.
      if (told.some((number, i) => steps[i]?.number !== number)) {
        recording = begin();
        told = [];
      }
      recording.add(steps.slice(told.length));
      told = steps.map(({ number }) => number);
    },
    warn(text = "") {
      note.textContent = text;
    },
  };
}
