import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { errorSummary } from "../../error-summary.ts";
import { inlinePicture } from "../../pictures/picture-of-base64.ts";
import type { RunTool } from "../../run.ts";
import { isFailure, isSkip, type Scenario, type ScenarioStep, statusOfSteps } from "./scenario.ts";
import { stepCaption } from "./step-caption.ts";

/**
 * Whether a value is a JSON report of Cucumber or Behave, which have the same format: features with elements, and elements with steps.
 */
export function isJsonReport(value: unknown): value is readonly Json[] {
  return (
    Array.isArray(value) &&
    value.some((feature) => {
      const { keyword, elements } = asObject(feature) ?? {};
      const isElement = (element: Json) => asText(element.keyword) !== undefined && Array.isArray(element.steps);
      return asText(keyword) !== undefined && asObjects(elements).some(isElement);
    })
  );
}

/** Returns the tool that wrote a report: Behave writes `location` for a feature, all others write `uri`. */
export function toolOfJson(report: readonly Json[]): RunTool {
  return { name: report.some((feature) => asText(asObject(feature)?.uri) !== undefined) ? "Cucumber" : "Behave" };
}

/** Returns the scenarios of a JSON report, which has only the last try of each. */
export function scenariosOfJson(report: readonly Json[]): Scenario[] {
  return report.flatMap((item) => {
    const feature = asObject(item) ?? {};
    const name = asText(feature.name);
    const scenarios: Scenario[] = [];
    let background: ScenarioStep[] = [];
    for (const element of asObjects(feature.elements)) {
      const steps = stepsOf(element);
      if (isBackground(element)) background = steps;
      else {
        scenarios.push(scenarioOf(element, [...background, ...steps], name, scenarios));
        background = [];
      }
    }
    return scenarios;
  });
}

/** Returns backgrounds that precede each scenario. Behave lists a background once and its steps in each scenario. */
const isBackground = ({ type, keyword }: Json) => type === "background" || keyword === "Background";

function scenarioOf(
  element: Json,
  steps: ScenarioStep[],
  feature: string | undefined,
  earlier: readonly Scenario[],
): Scenario {
  const name = asText(element.name) ?? feature ?? "scenario";
  const startedAtMs = asTimestamp(element.start_timestamp);
  const failed = partsOf(element).find(({ result }) => isFailure(asText(asObject(result)?.status)));
  const error = failed && errorOf(failed);
  return {
    name,
    ...(feature !== undefined && { feature }),
    attempt: 0,
    example: earlier.filter((scenario) => scenario.name === name).length,
    status: statusOfSteps(steps)!,
    ...(error !== undefined && { error }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    steps,
  };
}

/** Returns steps and hooks of an element in order. Cucumber for Java has hooks beside the steps and within them. */
function partsOf(element: Json): Json[] {
  const steps = asObjects(element.steps).flatMap((step) => [...asObjects(step.before), step, ...asObjects(step.after)]);
  return [...asObjects(element.before), ...steps, ...asObjects(element.after)];
}

function stepsOf(element: Json): ScenarioStep[] {
  return partsOf(element).map((part) => {
    const status = asText(asObject(part.result)?.status);
    const text = asText(part.name);
    return {
      ...(text !== undefined && part.hidden !== true && { caption: stepCaption(asText(part.keyword), text) }),
      isSkipped: isSkip(status) || part.result === undefined,
      hasFailed: isFailure(status),
      pictures: asObjects(part.embeddings).flatMap(({ data }) => {
        const picture = inlinePicture(data);
        return picture ? [{ reference: picture.image }] : [];
      }),
    };
  });
}

/** Joins the lines of a message, which Behave writes as a list. */
function errorOf(part: Json): string {
  const { status, error_message: message } = asObject(part.result) ?? {};
  const text = Array.isArray(message) ? message.filter((line) => typeof line === "string").join("\n") : asText(message);
  return text ? errorSummary(text) : `${asText(part.name) ?? "a hook"}: ${asText(status)}`;
}
