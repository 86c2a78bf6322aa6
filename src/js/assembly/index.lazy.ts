/** Everything that assemblies need once they have something to do. The entries load it then, not before. */

export { assemble } from "./assemble.ts";
export { openRecording } from "./recording.ts";
