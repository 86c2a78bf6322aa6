/** What the package exports about tasks and their API. */

export { TaskClient } from "../client/client.ts";
export { TaskClientError } from "../client/errors.ts";
export type * from "../client/types.ts";
export { loadTaskGif } from "./load-task-gif.ts";
export { LoadedTaskGif } from "./loaded-task-gif.ts";
