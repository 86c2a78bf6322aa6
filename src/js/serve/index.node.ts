/**
 * A server of tasks that answers the documented calls, for Node and its kin: tasks are in a folder or in an
 * S3-compatible store.
 *
 * @packageDocumentation
 */
import { node } from "../../node/platform.ts";
import { workInBackground } from "../../node/priority.ts";
import { usePlatform } from "../runtime.ts";

usePlatform(node);
workInBackground();

export { FileStore } from "../../node/serve/file-store.ts";
export * from "./exports.ts";
