import type { TraceAction } from "./trace.ts";

/**
 * What an action is to a replay: `act` is a step of its own, `script` is one when it changed what is seen, `other`
 * (waits, questions, screenshots, groups, setting up and closing) only when it failed.
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
 * Classes whose calls are no steps even if they fail: each is part of another call, or has no page. `Test` is the
 * runner, up to 1.35.
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
