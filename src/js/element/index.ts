/**
 * `<task-gif>` as a class, for pages that choose its name or its moment themselves. Importing it registers nothing and
 * touches no DOM, so that it may be imported on a server.
 *
 * @packageDocumentation
 */
export { TaskGifElement } from "./element.ts";
export { LABELS, type Labels } from "./labels.ts";
export type * from "./types.ts";
