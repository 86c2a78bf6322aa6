/** Everything that assemblies need once they have something to do. The entries load it then, not before. */

export { openRecording } from "./recording.ts";
export { assemble } from "./run-assembly.ts";
