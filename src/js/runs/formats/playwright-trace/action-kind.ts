import type { TraceAction } from "./trace.ts";

/**
 * Kind of an action: `act` is always a step, `script` only if it changed the page, and `other` (waits, queries, screenshots, groups,
 * setup and closing) only if it failed.
 */
export type ActionKind = "act" | "script" | "other";

const ACTS = new Set([
  "goto",
  "reload",
  "goBack",
  "goForward",
  "setContent",
  "click",
  "dblclick",
  "tap",
  "hover",
  "fill",
  "type",
  "press",
  "check",
  "uncheck",
  "selectOption",
  "selectText",
  "setInputFiles",
  "setInputFilePaths",
  "dragAndDrop",
  "drop",
  "scrollIntoViewIfNeeded",
  "focus",
  "keyboardType",
  "keyboardPress",
  "keyboardInsertText",
  "mouseClick",
  "mouseDblclick",
  "mouseWheel",
  "touchscreenTap",
  "dispatchEvent",
  "setViewportSize",
]);

const SCRIPTS = new Set([
  "evaluateExpression",
  "evaluateExpressionHandle",
  "evalOnSelector",
  "evalOnSelectorAll",
  "mouseMove",
  "mouseDown",
  "mouseUp",
  "keyboardDown",
  "keyboardUp",
  "blur",
  "emulateMedia",
  "accept",
  "dismiss",
]);

/**
 * Classes whose calls are never steps, even if they fail: each call is part of another one, or has no page. `Test` is the runner up to
 * 1.35.
 */
const NEVER = new Set(["APIRequestContext", "Test", "Tracing", "Browser", "BrowserType", "LocalUtils", "Playwright"]);

/** Returns the kind of an action. */
export function kindOfAction({ class: className, method }: TraceAction): ActionKind {
  if (NEVER.has(className)) return "other";
  if (ACTS.has(method)) return "act";
  return SCRIPTS.has(method) ? "script" : "other";
}

/** Whether an action is a step because it failed. */
export function isFailedStep({ class: className, method, error }: TraceAction): boolean {
  return (
    error !== undefined &&
    !NEVER.has(className) &&
    !/^(?:close|__waitInfo__|waitForEventInfo|screenshot|expectScreenshot)$/.test(method)
  );
}
