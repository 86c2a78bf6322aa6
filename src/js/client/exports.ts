/** What the package exports about tasks and their API. */

export { stepsFrom } from "../steps/index.ts";
export type { StepFacts, StepsOptions } from "../steps/types.ts";
export { TaskClient } from "./client.ts";
export { TaskClientError } from "./errors.ts";
export { LoadedTaskGif, loadTaskGif } from "./load.ts";
export type * from "./types.ts";
