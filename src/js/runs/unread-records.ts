import type { FileKind } from "./input/file-kind.ts";

/**
 * Known files without screenshots, or beside the record that has them: the kind of the file, a pattern for its first 64 KiB, and a
 * description with advice on what to give instead. The first match counts.
 */
export const UNREAD_RECORDS: readonly (readonly [kind: FileKind, head: RegExp, advice: string])[] = [
  [
    "html",
    /<meta content="(?:Robot|Rebot)[^>]*name="Generator"/,
    "a page of Robot Framework: give its output.xml, which lies beside it",
  ],
  [
    "html",
    /<title>Allure Report|allure-report-uuid/,
    "a page of Allure: give the folder of the report or allure-results",
  ],
  [
    "html",
    /<title>Nightwatch HTML Reporter/,
    "a page of Nightwatch: give its JSON reports with the folder of its screenshots",
  ],
  [
    "html",
    /<title>(?:Cucumber Feature Report|Multiple Cucumber HTML Reporter)/,
    "a page that was made of a JSON report of Cucumber: give the JSON",
  ],
  ["html", /<title>Behave Test Report/, "a page of Behave: give its JSON (--format json)"],
  ["html", /<title>(?:Comparison Report - REG|BackstopJS Report)/, "a visual comparison, which is no run"],
  ["html", /<title>TestNG (?:Report|reports)/, "a report of TestNG: give the folder of the screenshots"],
  ["xml", /<testng-results[\s>]/, "a report of TestNG, which holds no screenshots: give the folder they are in"],
  ["xml", /<test-run[\s>]/, "a report of NUnit, which holds no screenshots: give the folder they are in"],
  [
    "xml",
    /<TestRun[^>]+microsoft\.com\/schemas\/VisualStudio\/TeamTest/,
    "a report of Visual Studio (TRX), which holds no screenshots: give the folder they are in",
  ],
  ["xml", /<assemblies[\s>]/, "a report of xUnit.net, which holds no screenshots: give the folder they are in"],
  ["xml", /<testsuites?[\s>]/, "a JUnit report, which holds no screenshots: give the report or the folder they are in"],
  ["json", /^\s*\{\s*"log"\s*:\s*\{[^}]*"version"/, "a HAR file, which holds no screenshots"],
  [
    "json",
    /^\s*(?:\{\s*"\w+"\s*:\s*)?\[?\s*\{(?=[^[]{0,400}"type"\s*:\s*\d)(?=[^[]{0,400}"timestamp"\s*:\s*\d{13})[^[]{0,400}"data"\s*:/,
    "a session of rrweb, which holds the page's elements and no screenshots",
  ],
  [
    "json",
    /^\s*\{\s*"modules"\s*:\s*\{[\s\S]{0,2000}"reportPrefix"/,
    "a summary of Nightwatch: give the JSON reports beside it with the folder of its screenshots",
  ],
  [
    "json",
    /^\s*\{\s*"(?:start|info)"\s*:(?=[\s\S]*"(?:goog:chromeOptions|moz:\w+|webdriver|automationProtocol)")/,
    "a report of WebdriverIO, which holds no screenshots: give the folder they are in",
  ],
  ["json", /^\s*\{\s*"report"\s*:\s*\{\s*"uuid"/, "a report of Nightwatch: give the folder of its screenshots"],
  ["json", /"(?:expectedItems|failedItems)"\s*:\s*\[/, "a visual comparison of reg-suit, which is no run"],
  ["json", /^\s*\{\s*"testSuite"\s*:\s*"BackstopJS"/, "a visual comparison of BackstopJS, which is no run"],
  [
    "json",
    /^\s*\{(?=[\s\S]{0,2000}"steps"\s*:\s*\[\s*\{\s*"type"\s*:\s*"(?:setViewport|navigate|click)")/,
    "a recording of the DevTools Recorder, which says what to do and holds no screenshots",
  ],
  [
    "html",
    /<title>NovaAct Agent Run<\/title>/,
    "a page of Nova Act: give the act_…_trajectory.json (before 3.0 act_…_calls.json), which lies beside it",
  ],
  [
    "text",
    /^ ?(?:system|user|SystemMessage|HumanMessage) \r?\n/,
    "a conversation that browser-use saved, which holds no pictures: give the file that agent.save_history() writes",
  ],
  [
    "json",
    /"observations_images"\s*:/,
    "the memory of smolagents, whose pictures are pixels without a size: save them as PNG in a step callback, and give the folder",
  ],
  [
    "json",
    /^\s*\{\s*"success"\s*:\s*(?:true|false)\s*,\s*"message"\s*:\s*"[\s\S]*?"actions"\s*:\s*\[/,
    "what an agent of Stagehand gave back, without pictures: save page.screenshot() after each step, and give the folder",
  ],
  [
    "zip",
    // "]" is 93, the method of compression; as text, the bytes behind it are fewer letters.
    /^PK[\s\S]{6}\][\s\S]{6,21}_journal\/start\.json/,
    "a log of Inspect whose files are packed with Zstandard: give it as JSON (inspect log convert --to json --output-dir FOLDER FILE)",
  ],
  [
    "json",
    /"reportFormat"\s*:\s*"CTRF"/,
    "a CTRF report, which leaves out most pictures of a test: give the report of the tool itself, or the folder of its attachments",
  ],
  [
    "json",
    /^\s*\{(?=[\s\S]{0,4000}"numTotalTestSuites"\s*:\s*\d)[\s\S]*"testResults"\s*:\s*\[/,
    "a report of Jest or Vitest, which holds no screenshots: give the folder they are in",
  ],
];
