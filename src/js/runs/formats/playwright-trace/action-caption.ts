import { asNumber, asText } from "../../../task-records/json-fields.ts";
import { SECRET_FIELD } from "../../reports/hide-typed-text.ts";
import { urlWithoutSecrets } from "../../url-without-secrets.ts";
import { describeSelector, quoted } from "./describe-selector.ts";
import type { TraceAction } from "./trace.ts";

/** Describes an action in plain words: `Click 'Checkout'`. Typed text is part of it only if `showsTyped`. */
export function captionOf(action: TraceAction, showsTyped: boolean): string {
  const { method, params } = action;
  const target = targetOf(action);
  const on = target === undefined ? "" : ` ${target}`;
  switch (method) {
    case "goto":
      return `Go to ${address(asText(action.url) ?? asText(params.url))}`;
    case "reload":
      return "Reload";
    case "goBack":
      return "Go back";
    case "goForward":
      return "Go forward";
    case "setContent":
      return "Set the page's content";
    case "click":
      return `${clickVerb(params)}${on}`;
    case "dblclick":
      return `Double-click${on}`;
    case "tap":
      return `Tap${on}`;
    case "hover":
      return `Hover over${on}`;
    case "focus":
      return `Focus${on}`;
    case "fill":
      return asText(params.value) === undefined
        ? `Clear${on}`
        : typed("Fill", target, params.value, action, showsTyped);
    case "type":
      return typed("Type into", target, params.text, action, showsTyped);
    case "press":
      return `Press ${key(params.key, showsTyped && !isSecret(action))}${target === undefined ? "" : ` in ${target}`}`;
    case "check":
      return `Check${on}`;
    case "uncheck":
      return `Uncheck${on}`;
    case "selectOption":
      return selected(target, params);
    case "selectText":
      return `Select the text of${on}`;
    case "setInputFiles":
    case "setInputFilePaths":
      return `Choose files${target === undefined ? "" : ` for ${target}`}`;
    case "dragAndDrop":
      return `Drag ${words(params.source) ?? "an element"} to ${words(params.target) ?? "another"}`;
    case "scrollIntoViewIfNeeded":
      return `Scroll to${on}`;
    case "dispatchEvent":
      return `Dispatch ${asText(params.type) ?? "an event"}${target === undefined ? "" : ` on ${target}`}`;
    case "keyboardType":
    case "keyboardInsertText":
      return showsTyped && asText(params.text) !== undefined ? `Type ${typedText(params.text)}` : "Type text";
    case "keyboardPress":
      return `Press ${key(params.key, showsTyped)}`;
    case "mouseClick":
      return "Click";
    case "mouseDblclick":
      return "Double-click";
    case "mouseWheel":
      return "Scroll";
    case "touchscreenTap":
      return "Tap";
    case "setViewportSize":
      return "Resize the page";
    case "expect":
      return `Expect ${words(params.selector) ?? "the page"} ${expected(params.expression)}`;
    case "evaluateExpression":
    case "evaluateExpressionHandle":
    case "evalOnSelector":
    case "evalOnSelectorAll":
      return "Run a script in the page";
    default:
      return `${spelled(method)}${on}`;
  }
}

/** Whether an action typed into a password field, by the information in the trace: its text must not be shown. */
export function isSecret({ element, params }: TraceAction): boolean {
  const opening = /^<[^>]*>/.exec(element ?? "")?.[0] ?? "";
  return /\btype="?password\b/i.test(opening) || SECRET_FIELD.test(`${opening} ${asText(params.selector) ?? ""}`);
}

function typed(verb: string, target: string | undefined, value: unknown, action: TraceAction, shows: boolean): string {
  const into = target ?? "a field";
  if (!shows || asText(value) === undefined || isSecret(action)) return `${verb} ${into}`;
  return `${verb} ${into} with ${typedText(value)}`;
}

const address = (url: string | undefined) => (url === undefined ? "a page" : urlWithoutSecrets(url));

const typedText = (value: unknown) => quoted(asText(value) ?? "");

function selected(target: string | undefined, params: TraceAction["params"]): string {
  const options = Array.isArray(params.options) ? params.options : [];
  const names = options.map((option) => asText(option?.valueOrLabel) ?? asText(option?.label) ?? asText(option?.value));
  const known = names.filter((name) => name !== undefined).map(quoted);
  const what = known.length > 0 ? known.join(", ") : "an option";
  return `Select ${what}${target === undefined ? "" : ` in ${target}`}`;
}

function clickVerb({ button, clickCount }: TraceAction["params"]): string {
  if (button === "right" || button === "middle") return `${button === "right" ? "Right" : "Middle"}-click`;
  return asNumber(clickCount) === 2 ? "Double-click" : "Click";
}

/** Returns the name of a key; single letters are typed text. */
function key(value: unknown, showsTyped: boolean): string {
  const name = asText(value);
  return name === undefined || ([...name].length === 1 && !showsTyped) ? "a key" : name;
}

/** Returns the target of an action in words: from its selector, or else the text of the element. */
function targetOf({ params, element }: TraceAction): string | undefined {
  const selector = asText(params.selector);
  if (selector === undefined) return undefined;
  const bySelector = describeSelector(selector);
  if (bySelector.startsWith("'")) return bySelector;
  const label = elementLabel(element);
  return label === undefined ? bySelector : quoted(label);
}

/** Returns the visible text of an element, or else its label. */
function elementLabel(element: string | undefined): string | undefined {
  const [, opening, text] = /^(<[^>]*>)([^<]*)/.exec(element ?? "") ?? [];
  if (opening === undefined) return undefined;
  for (const name of ["aria-label", "placeholder", "alt", "title"]) {
    const value = new RegExp(`\\s${name}="([^"]*)"`).exec(opening)?.[1];
    if (asText(value) !== undefined) return asText(value);
  }
  // The text of an input is its value, and the text of a list has all its options.
  return /^<(?:input|textarea|select)\b/i.test(opening) || text === "…" ? undefined : asText(text);
}

const words = (selector: unknown) => (asText(selector) === undefined ? undefined : describeSelector(asText(selector)!));

/** Returns an assertion such as `to.have.text` in words. */
function expected(expression: unknown): string {
  return asText(expression)?.replaceAll(".", " ") ?? "to be as expected";
}

/** Returns the name of a method in words: "Scroll into view" for `scrollIntoView`. */
function spelled(method: string): string {
  const lower = method.replace(/^__|__$/g, "").replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
