/** The stills of a GIF. Loaded with the first that is asked for. */

export { posterOf, stillOfFrame, stillOfStep, stillsOf } from "./gif-stills.ts";
