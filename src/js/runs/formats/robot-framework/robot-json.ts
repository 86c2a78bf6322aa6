import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";
import type { RobotItem, RobotKeyword, RobotOutput, RobotTest } from "./robot-output.ts";
import { robotTime } from "./robot-time.ts";

/** Converts the JSON output of Robot Framework (from 7.2 on) to the tree of output.xml; `undefined` for other JSON. */
export function readRobotJson(value: unknown): RobotOutput | undefined {
  const root = asObject(value);
  const generator = asText(root?.generator);
  const suite = asObject(root?.suite);
  if (generator === undefined || !GENERATOR.test(generator) || !suite) return undefined;
  const output: RobotOutput = { generator, tests: [], fixtures: [], isCutOff: false };
  addSuite(suite, [], output);
  return output;
}

/** The generator, which identifies the format. */
const GENERATOR = /^(?:Robot|Rebot) \d/;

function addSuite(suite: Json, outer: readonly string[], output: RobotOutput): void {
  const suites = [...outer, asText(suite.name) ?? ""];
  const body = [suite.setup, suite.teardown].flatMap(itemsOf);
  if (body.length > 0) output.fixtures.push({ ...statusOf(suite), name: suites.at(-1)!, suites, body });
  for (const test of asObjects(suite.tests)) output.tests.push(testOf(test, suites));
  for (const inner of asObjects(suite.suites)) addSuite(inner, suites, output);
}

function testOf(test: Json, suites: string[]): RobotTest {
  return { ...statusOf(test), name: asText(test.name) ?? "", suites, body: bodyOf(test) };
}

function bodyOf(holder: Json): RobotItem[] {
  return [...itemsOf(holder.setup), ...asObjects(holder.body).flatMap(itemsOf), ...itemsOf(holder.teardown)];
}

/** Converts a message or a keyword; for loops and branches, their content. */
function itemsOf(value: unknown): RobotItem[] {
  const item = asObject(value);
  if (!item) return [];
  if (item.type === "MESSAGE") {
    const atMs = robotTime(asText(item.timestamp));
    return [
      {
        kind: "message",
        text: asText(item.message) ?? "",
        isHtml: item.html === true,
        level: asText(item.level) ?? "",
        atMs,
      },
    ];
  }
  const name = asText(item.name);
  if (name === undefined || "flavor" in item || "condition" in item) return bodyOf(item);
  const keyword: RobotKeyword = {
    ...statusOf(item),
    kind: "keyword",
    name,
    owner: asText(item.owner),
    args: textsOf(item.args),
    tags: textsOf(item.tags),
    body: bodyOf(item),
  };
  return [keyword];
}

function statusOf(item: Json): Pick<RobotTest, "status" | "message" | "startMs"> {
  return {
    status: asText(item.status),
    message: asText(item.message) ?? "",
    startMs: robotTime(asText(item.start_time)),
  };
}

const textsOf = (value: unknown) => (Array.isArray(value) ? value.map(asString) : []);
