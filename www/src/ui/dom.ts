/** Content of an element; `false`, `null` and `undefined` are left out. */
export type Child = Node | string | number | false | null | undefined;

/**
 * Attributes by their HTML names. Functions become listeners (`onclick`), booleans are present or absent,
 * and `style` sets custom properties only: all other styles are in the style sheets.
 */
export type Props = {
  class?: string;
  style?: Record<`--${string}`, string | number>;
  [name: string]: unknown;
};

/** Creates an HTML element with its attributes and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "style") {
      for (const [key, length] of Object.entries(value as Record<string, string | number>)) {
        element.style.setProperty(key, String(length));
      }
    } else if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...present(children));
}

function present(children: Child[]): (Node | string)[] {
  return children
    .filter((child) => child !== false && child !== null && child !== undefined)
    .map((child) => (typeof child === "number" ? String(child) : (child as Node | string)));
}

/** Whether the user prefers reduced motion. */
export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
