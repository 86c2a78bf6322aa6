import { dialog } from "./dialog.ts";
import { h } from "./dom.ts";

/** A dialog with one action; it shows the error if the action fails. */
export function openActionDialog(
  title: string,
  content: HTMLElement,
  label: string,
  act: () => Promise<void>,
): HTMLDialogElement {
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
