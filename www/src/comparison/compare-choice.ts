import { goTo } from "../router.ts";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { icon } from "../ui/icons.ts";

/** The choice of two tasks in a list. */
export type CompareChoice = {
  /** Button that starts and ends the choice. */
  button: HTMLElement;
  /** Hint about what to choose, during the choice. */
  element: HTMLElement;
};

/**
 * Lets the user choose two tasks: during the choice, a click on a card of `list` selects it instead of opening its
 * task.
 */
export function compareChoice(list: HTMLElement): CompareChoice {
  let first: HTMLElement | undefined;
  let isChoosing = false;
  const element = h("p", { class: "compare-choice notice-line", role: "status", hidden: true });
  const button = h(
    "button",
    {
      class: "button",
      type: "button",
      "aria-pressed": "false",
      "data-action": "compare",
      onclick: () => set(!isChoosing),
    },
    icon("compare"),
    "Compare two",
  );

  function set(on: boolean): void {
    isChoosing = on;
    first?.removeAttribute("aria-current");
    first = undefined;
    button.setAttribute("aria-pressed", String(on));
    list.classList.toggle("choosing", on);
    element.hidden = !on;
    tell("Choose the first of two tasks to compare.");
  }

  function tell(text: string): void {
    fill(element, text);
    if (isChoosing) announce(text);
  }

  list.addEventListener("click", (event) => {
    const card = (event.target as Element).closest<HTMLElement>("[data-task]");
    if (!isChoosing || !card) return;
    event.preventDefault();
    if (card === first) return set(true);
    if (!first) {
      first = card;
      card.setAttribute("aria-current", "true");
      tell("Choose the second task.");
      return;
    }
    const [a, b] = [first.dataset.task, card.dataset.task];
    set(false);
    if (a && b) goTo({ view: "compare", a, b });
  });
  return { button, element };
}
