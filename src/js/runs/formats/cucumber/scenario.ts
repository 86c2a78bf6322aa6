import type { Run } from "../../run.ts";

/** One try of a scenario. */
export type Scenario = {
  /** Id of the try, if the report has one: the same id in another report is the same try. */
  id?: string;
  name: string;
  /** Name of the feature that it is in. */
  feature?: string;
  /** Number of the try, from 0. */
  attempt: number;
  /** Index among the scenarios of this name and feature, from 0: the examples of an outline share a name. */
  example: number;
  status?: Run["status"];
  error?: string;
  startedAtMs?: number;
  /** Steps and hooks in the order in which they ran. */
  steps: ScenarioStep[];
};

/** A step, or a hook before or after one. */
export type ScenarioStep = {
  /** "When I add it"; nothing for hooks. */
  caption?: string;
  /** Whether it did not run. */
  isSkipped: boolean;
  hasFailed: boolean;
  /** When it ended, in ms since 1970. */
  endedAtMs?: number;
  pictures: ScenarioPicture[];
};

/** An attached picture: a `data:` URL or a path, and when it was attached, in ms since 1970. */
export type ScenarioPicture = { reference: string; atMs?: number };

/** Statuses of steps with which the scenario does not pass. */
const FAILURES = /^(?:failed|ambiguous|undefined|pending|error|hook_error)$/i;

/** Whether a step with this status keeps its scenario from passing. */
export const isFailure = (status: string | undefined) => status !== undefined && FAILURES.test(status);

/** Whether a step with this status did not run. */
export const isSkip = (status: string | undefined) => status !== undefined && /^(?:skipped|untested)$/i.test(status);

/** Returns the status of a scenario from the statuses of its steps. */
export function statusOfSteps(steps: readonly ScenarioStep[]): Run["status"] {
  if (steps.some(({ hasFailed }) => hasFailed)) return "failed";
  const own = steps.filter(({ caption }) => caption !== undefined);
  return own.length > 0 && own.every(({ isSkipped }) => isSkipped) ? "skipped" : "passed";
}
