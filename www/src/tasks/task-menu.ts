import { hrefOf } from "../router.ts";
import { dialog } from "../ui/dialog.ts";
import { h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";
import { toast } from "../ui/toast.ts";
import type { Task, TaskChanges } from "./task.ts";

/** Buttons that rename a task and delete it. `onrename` hears of the new name. */
export function taskMenu(task: Task, changes: TaskChanges, onrename: (name: string) => void): HTMLElement[] {
  return [square("edit", "Rename task", () => void rename()), square("trash", "Delete task", () => void remove())];

  function rename(): void {
    const input = h("input", {
      class: "field wide",
      value: task.task,
      "aria-label": "Name of the task",
      maxlength: 500,
    });
    const element = ask("Rename task", input, "Rename", async () => {
      const name = input.value.trim();
      if (name === "" || name === task.task) return;
      await changes.rename(task.id, name);
      onrename(name);
      toast("The task was renamed");
    });
    element.addEventListener("close", () => document.querySelector<HTMLElement>("[data-action=rename]")?.focus());
    input.select();
  }

  function remove(): void {
    const note = h(
      "p",
      { class: "muted" },
      "Its screenshots and its GIF are removed from the server. This cannot be undone.",
    );
    ask("Delete this task?", note, "Delete", async () => {
      await changes.remove(task.id);
      location.hash = hrefOf({ view: "tasks" });
      toast("The task was deleted", { icon: "trash" });
    });
  }
}

/** A dialog with one thing to do; what goes wrong is said in it. */
function ask(title: string, content: HTMLElement, label: string, act: () => Promise<void>): HTMLDialogElement {
  const problem = h("p", { class: "dialog-problem", role: "alert" });
  const done = h("button", { class: "button primary", type: "submit" }, label);
  const cancel = h("button", { class: "button", type: "button", onclick: () => element.close() }, "Cancel");
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    done.disabled = true;
    try {
      await act();
      element.close();
    } catch (error) {
      problem.textContent = (error as Error).message;
      done.disabled = false;
    }
  };
  const form = h(
    "form",
    { class: "dialog-form", onsubmit },
    content,
    problem,
    h("div", { class: "dialog-actions" }, cancel, done),
  );
  const { element, open } = dialog(title, form);
  element.classList.add("small");
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  open();
  return element;
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
