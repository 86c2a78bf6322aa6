/** The code that assemblies need. The entries load it with the first screenshots. */

export { openRecording } from "./recording.ts";
export { assemble } from "./run-assembly.ts";
