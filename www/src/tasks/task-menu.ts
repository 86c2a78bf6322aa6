import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { deleteTask } from "./delete-task.ts";
import { renameTask } from "./rename-task.ts";
import type { Task, TaskChanges } from "./task.ts";

/** Returns buttons to rename and delete a task; none if it cannot be changed. `onrename` gets the new name. */
export function taskMenu(task: Task, changes: TaskChanges, onrename: (name: string) => void): HTMLElement[] {
  if (!task.isEditable) return [];
  return [
    square("edit", "Rename task", () => renameTask(task, changes, onrename)),
    square("trash", "Delete task", () => deleteTask(task, changes)),
  ];
}

function square(name: "edit" | "trash", label: string, onclick: () => void): HTMLElement {
  return h(
    "button",
    {
      class: "button ghost square",
      type: "button",
      "aria-label": label,
      title: label,
      "data-action": label.split(" ")[0]?.toLowerCase(),
      onclick,
    },
    icon(name),
  );
}
