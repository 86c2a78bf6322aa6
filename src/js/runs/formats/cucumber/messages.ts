import { asCount, asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { errorSummary } from "../../error-summary.ts";
import { inlinePicture } from "../../pictures/picture-of-base64.ts";
import type { RunTool } from "../../run.ts";
import {
  isFailure,
  isSkip,
  type Scenario,
  type ScenarioPicture,
  type ScenarioStep,
  statusOfSteps,
} from "./scenario.ts";
import { stepCaption } from "./step-caption.ts";

/** The scenarios in messages, ordered by their start, and the tool that ran them. */
export type MessageRuns = { scenarios: Scenario[]; tool: RunTool };

/** A test case: its scenario, and the captions of its steps by id; hooks have no caption. */
type TestCase = { name: string; feature?: string; captions: Map<unknown, string | undefined> };
/** A scenario that is running: its steps by the ID of their test step. */
type RunningScenario = { scenario: Scenario; testCase: TestCase; steps: Map<unknown, ScenarioStep>; hasEnded: boolean };

/** Reads Cucumber messages one by one: features, results of steps, attachments. */
export class MessageReader {
  readonly #tool: RunTool = { name: "Cucumber" };
  readonly #features = new Map<unknown, string>();
  /** Keywords of steps by the ID of their node in the feature. */
  readonly #keywords = new Map<unknown, string>();
  readonly #pickles = new Map<unknown, Json>();
  readonly #testCases = new Map<unknown, TestCase>();
  readonly #running = new Map<unknown, RunningScenario>();
  readonly #examples = new Map<string, unknown[]>();

  add(message: Json): void {
    const { meta, gherkinDocument, pickle, testCase, testCaseStarted, attachment } = message;
    if (meta !== undefined) this.#addMeta(asObject(asObject(meta)?.implementation));
    else if (gherkinDocument !== undefined) this.#addFeature(asObject(gherkinDocument) ?? {});
    else if (pickle !== undefined) this.#pickles.set(asObject(pickle)?.id, asObject(pickle) ?? {});
    else if (testCase !== undefined) this.#addTestCase(asObject(testCase) ?? {});
    else if (testCaseStarted !== undefined) this.#start(asObject(testCaseStarted) ?? {});
    else if (attachment !== undefined) this.#attach(asObject(attachment) ?? {});
    else if (message.testStepFinished !== undefined) this.#endStep(asObject(message.testStepFinished) ?? {});
    else if (message.testCaseFinished !== undefined) this.#end(asObject(message.testCaseFinished) ?? {});
  }

  /** Returns the scenarios so far. A scenario that has not ended has no status. */
  finish(): MessageRuns {
    const scenarios = [...this.#running.values()].map(({ scenario, hasEnded }) => {
      return hasEnded ? { ...scenario, status: statusOfSteps(scenario.steps)! } : scenario;
    });
    return { scenarios, tool: this.#tool };
  }

  #addMeta(implementation: Json | undefined): void {
    const [name, version] = [asText(implementation?.name), asText(implementation?.version)];
    if (name !== undefined) this.#tool.name = name;
    if (version !== undefined) this.#tool.version = version;
  }

  #addFeature({ uri, feature }: Json): void {
    const name = asText(asObject(feature)?.name);
    if (name !== undefined) this.#features.set(uri, name);
    this.#addKeywords(asObject(feature) ?? {});
  }

  /** Collects the steps of backgrounds and scenarios, including those in rules. */
  #addKeywords(parent: Json): void {
    for (const { id, keyword } of asObjects(parent.steps)) {
      const text = asText(keyword);
      if (text !== undefined) this.#keywords.set(id, text);
    }
    for (const child of asObjects(parent.children)) {
      for (const inner of [child.background, child.scenario, child.rule]) {
        const object = asObject(inner);
        if (object) this.#addKeywords(object);
      }
    }
  }

  #addTestCase({ id, pickleId, testSteps }: Json): void {
    const pickle = this.#pickles.get(pickleId) ?? {};
    const captionOf = (stepId: unknown): string | undefined => {
      const step = asObjects(pickle.steps).find((step) => stepId !== undefined && step.id === stepId);
      const text = asText(step?.text);
      const [node] = Array.isArray(step?.astNodeIds) ? step.astNodeIds : [];
      return text === undefined ? undefined : stepCaption(this.#keywords.get(node), text);
    };
    const feature = this.#features.get(pickle.uri);
    const captions = asObjects(testSteps).map((step) => [step.id, captionOf(step.pickleStepId)] as const);
    const name = asText(pickle.name) ?? feature ?? "scenario";
    this.#testCases.set(id, { name, ...(feature !== undefined && { feature }), captions: new Map(captions) });
  }

  #start({ id, testCaseId, attempt, timestamp }: Json): void {
    const testCase = this.#testCases.get(testCaseId);
    if (!testCase) return;
    const { name, feature } = testCase;
    const key = JSON.stringify([feature, name]);
    const examples = this.#examples.get(key) ?? [];
    if (!examples.includes(testCaseId)) examples.push(testCaseId);
    this.#examples.set(key, examples);
    const startedAtMs = momentOf(timestamp);
    const scenario: Scenario = {
      ...(asText(id) !== undefined && { id: asText(id)! }),
      name,
      ...(feature !== undefined && { feature }),
      attempt: asCount(attempt) ?? 0,
      example: examples.indexOf(testCaseId),
      ...(startedAtMs !== undefined && { startedAtMs }),
      steps: [],
    };
    this.#running.set(id, { scenario, testCase, steps: new Map(), hasEnded: false });
  }

  #stepOf({ testCaseStartedId, testStepId }: Json): [ScenarioStep, Scenario] | undefined {
    const running = this.#running.get(testCaseStartedId);
    if (!running) return undefined;
    const { scenario, testCase, steps } = running;
    const known = steps.get(testStepId);
    if (known) return [known, scenario];
    const caption = testCase.captions.get(testStepId);
    const step: ScenarioStep = {
      ...(caption !== undefined && { caption }),
      isSkipped: false,
      hasFailed: false,
      pictures: [],
    };
    steps.set(testStepId, step);
    scenario.steps.push(step);
    return [step, scenario];
  }

  /** Adds an attachment that an HTML report keeps in a file beside it. */
  #attach(attachment: Json): void {
    const [step] = this.#stepOf(attachment) ?? [];
    const { contentEncoding, body, url, mediaType, timestamp } = attachment;
    const isPicture = /^image\/(?!svg)/i.test(asText(mediaType) ?? "");
    const reference =
      (contentEncoding === "BASE64" ? inlinePicture(body)?.image : undefined) ?? (isPicture ? asText(url) : undefined);
    if (!step || reference === undefined) return;
    const atMs = momentOf(timestamp);
    const picture: ScenarioPicture = { reference, ...(atMs !== undefined && { atMs }) };
    step.pictures.push(picture);
  }

  #endStep(finished: Json): void {
    const [step, scenario] = this.#stepOf(finished) ?? [];
    if (!step || !scenario) return;
    const result = asObject(finished.testStepResult);
    const status = asText(result?.status);
    step.hasFailed = isFailure(status);
    step.isSkipped = isSkip(status);
    const endedAtMs = momentOf(finished.timestamp);
    if (endedAtMs !== undefined) step.endedAtMs = endedAtMs;
    if (!step.hasFailed || scenario.error !== undefined) return;
    const message = asText(asObject(result?.exception)?.message) ?? asText(result?.message);
    scenario.error =
      message === undefined ? `${step.caption ?? "a hook"}: ${status!.toLowerCase()}` : errorSummary(message);
  }

  #end({ testCaseStartedId }: Json): void {
    const running = this.#running.get(testCaseStartedId);
    if (running) running.hasEnded = true;
  }
}

/** Converts a timestamp of messages to ms since 1970. */
function momentOf(timestamp: unknown): number | undefined {
  const { seconds, nanos } = asObject(timestamp) ?? {};
  const whole = asNumber(seconds);
  return whole === undefined || whole <= 0 ? undefined : whole * 1000 + Math.round((asNumber(nanos) ?? 0) / 1e6);
}
