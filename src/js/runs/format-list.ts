import type { RecordFormat } from "./record-format.ts";

/** A format that is loaded when a record may be of its kind. */
export type FormatEntry = {
  /** Name for messages; equal to `name` of the format. */
  name: string;
  load: () => Promise<RecordFormat>;
};

/**
 * The formats in the order in which they are tried: those with the most specific fields first, plain folders of pictures last.
 */
export const FORMATS: readonly FormatEntry[] = [
  // Reports come before traces, which some of them hold as attachments.
  { name: "Allure results", load: () => import("./formats/allure/index.ts").then(({ format }) => format) },
  { name: "Allure reports", load: () => import("./formats/allure/allure-report.ts").then(({ format }) => format) },
  { name: "CodeceptJS output", load: () => import("./formats/codeceptjs/index.ts").then(({ format }) => format) },
  {
    name: "pytest-html report",
    load: () => import("./formats/pytest-html/index.ts").then(({ format }) => format),
  },
  { name: "Cucumber reports", load: () => import("./formats/cucumber/index.ts").then(({ format }) => format) },
  { name: "Mochawesome reports", load: () => import("./formats/mochawesome/index.ts").then(({ format }) => format) },
  { name: "Serenity outcomes", load: () => import("./formats/serenity.ts").then(({ format }) => format) },
  { name: "Nightwatch reports", load: () => import("./formats/nightwatch.ts").then(({ format }) => format) },
  {
    name: "jest-html-reporters reports",
    load: () => import("./formats/jest-html-reporters.ts").then(({ format }) => format),
  },
  { name: "Qase reports", load: () => import("./formats/qase.ts").then(({ format }) => format) },
  {
    name: "wdio-html-nice-reporter reports",
    load: () => import("./formats/webdriverio/wdio-html-nice.ts").then(({ format }) => format),
  },
  {
    name: "wdio-timeline-reporter logs",
    load: () => import("./formats/webdriverio/wdio-timeline.ts").then(({ format }) => format),
  },
  { name: "cua-agent trajectory", load: () => import("./formats/cua-agent.ts").then(({ format }) => format) },
  { name: "Skyvern artifacts", load: () => import("./formats/skyvern.ts").then(({ format }) => format) },
  { name: "BrowserGym experiment", load: () => import("./formats/browser-gym.ts").then(({ format }) => format) },
  { name: "TestCafe screenshots", load: () => import("./formats/testcafe.ts").then(({ format }) => format) },
  {
    name: "Robot Framework output",
    load: () => import("./formats/robot-framework/index.ts").then(({ format }) => format),
  },
  {
    name: "Playwright Test reports",
    load: () => import("./formats/playwright-test/index.ts").then(({ format }) => format),
  },
  { name: "Playwright traces", load: () => import("./formats/playwright-trace/index.ts").then(({ format }) => format) },
  { name: "Midscene reports", load: () => import("./formats/midscene/index.ts").then(({ format }) => format) },
  {
    name: "Playwright MCP sessions",
    load: () => import("./formats/playwright-mcp/index.ts").then(({ format }) => format),
  },
  { name: "Lighthouse reports", load: () => import("./formats/lighthouse.ts").then(({ format }) => format) },
  { name: "DevTools traces", load: () => import("./formats/devtools-trace.ts").then(({ format }) => format) },
  {
    name: "message logs of computer use",
    load: () => import("./formats/message-log/index.ts").then(({ format }) => format),
  },
  { name: "Nova Act acts", load: () => import("./formats/nova-act.ts").then(({ format }) => format) },
  { name: "browser-use histories", load: () => import("./formats/browser-use-files.ts").then(({ format }) => format) },
  { name: "browser-use Cloud tasks", load: () => import("./formats/task-api-files.ts").then(({ format }) => format) },
  // After all other records: its fields are the most common ones.
  { name: "lists of steps", load: () => import("./formats/step-list-files.ts").then(({ format }) => format) },
  { name: "JSON with pictures", load: () => import("./formats/nested-pictures/index.ts").then(({ format }) => format) },
  { name: "artifacts of Detox", load: () => import("./formats/test-folders/detox.ts").then(({ format }) => format) },
  {
    name: "debug output of Maestro",
    load: () => import("./formats/test-folders/maestro.ts").then(({ format }) => format),
  },
  {
    name: "screenshots of Cypress or Vitest",
    load: () => import("./formats/test-folders/spec-folders.ts").then(({ format }) => format),
  },
  { name: "folder of pictures", load: () => import("./formats/picture-folder.ts").then(({ format }) => format) },
];
