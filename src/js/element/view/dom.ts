/** Creates DOM elements. Nothing is parsed from HTML text, so that a page may require trusted types. */

type Child = Node | string | false | undefined;

/** Creates an element with attributes: `true` sets an empty attribute, `false` and `undefined` set none. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number | boolean | undefined>,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}
