import { hrefOf } from "../router.ts";
import { openActionDialog } from "../ui/action-dialog.ts";
import { h } from "../ui/dom.ts";
import { toast } from "../ui/toast.ts";
import type { Task, TaskChanges } from "./task.ts";

/** Asks for confirmation, deletes a task, and returns to the list. */
export function deleteTask(task: Task, changes: TaskChanges): void {
  const text = "Its screenshots and its GIF are removed from the server. This cannot be undone.";
  openActionDialog("Delete this task?", h("p", { class: "muted" }, text), "Delete", async () => {
    await changes.remove(task.id);
    location.hash = hrefOf({ view: "tasks" });
    toast("The task was deleted", { icon: "trash" });
  });
}
