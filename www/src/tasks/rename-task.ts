import { openActionDialog } from "../ui/action-dialog.ts";
import { h } from "../ui/dom.ts";
import { toast } from "../ui/toast.ts";
import type { Task, TaskChanges } from "./task.ts";

/** Asks for a new name of a task and renames it. `onrename` is called with the new name. */
export function renameTask(task: Task, changes: TaskChanges, onrename: (name: string) => void): void {
  const input = h("input", { class: "field wide", value: task.task, "aria-label": "Name of the task", maxlength: 500 });
  const element = openActionDialog("Rename task", input, "Rename", async () => {
    const name = input.value.trim();
    if (name === "" || name === task.task) return;
    await changes.rename(task.id, name);
    onrename(name);
    toast("The task was renamed");
  });
  element.addEventListener("close", () => document.querySelector<HTMLElement>("[data-action=rename]")?.focus());
  input.select();
}
