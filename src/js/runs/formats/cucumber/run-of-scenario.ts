import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";
import { FAILURE_UNSEEN, type ReportFrame, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run, RunTool } from "../../run.ts";
import type { Scenario } from "./scenario.ts";

/** Converts one try of a scenario to a run. */
export async function runOfScenario(
  scenario: Scenario,
  name: string,
  tool: RunTool,
  file: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const { status, error, startedAtMs } = scenario;
  const frames = framesOf(scenario);
  const { screenshots, warnings } = await screenshotsOf(frames, file, files, context);
  if (status === "failed" && screenshots.length > 0 && !screenshots.some(({ failed }) => failed))
    warnings.push(FAILURE_UNSEEN);
  if (status === undefined)
    warnings.push({ code: "RECORD_UNFINISHED", message: "the report ends before the scenario does" });
  return {
    name,
    ...(status && { status }),
    ...(error !== undefined && { error }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    tool,
    screenshots,
    warnings,
  };
}

/** Returns the frames of a scenario. Pictures of hooks after a step show the result of the step. */
function framesOf({ steps }: Scenario): ReportFrame[] {
  const frames: ReportFrame[] = [];
  let act: string | undefined;
  let isFailureUnseen = false;
  for (const { caption = act, pictures, hasFailed, isSkipped, endedAtMs } of steps) {
    isFailureUnseen ||= hasFailed;
    for (const [i, { reference, atMs = endedAtMs }] of pictures.entries()) {
      // The last of several pictures was taken after the step or after its failure.
      const isFailed = isFailureUnseen && (!hasFailed || i === pictures.length - 1);
      frames.push({ reference, caption, atMs, ...(isFailed && { failed: true }) });
      if (isFailed) isFailureUnseen = false;
    }
    if (!isSkipped) act = caption;
  }
  return frames;
}

/** Returns names of runs. Scenarios with the same name are distinguished by feature, example and try. */
export function scenarioNames(scenarios: readonly Scenario[]): string[] {
  const features = new Map<string, Set<string | undefined>>();
  for (const { name, feature } of scenarios) features.set(name, (features.get(name) ?? new Set()).add(feature));
  return scenarios.map(({ name, feature, example, attempt }) => {
    const isShared = features.get(name)!.size > 1 && feature !== undefined;
    const parts = [...(example > 0 ? [`example ${example + 1}`] : []), ...(attempt > 0 ? [`retry ${attempt}`] : [])];
    return `${isShared ? `${feature} › ${name}` : name}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
  });
}
