/** Renders stills of a GIF. Loaded on first use. */

export { posterOf, stillOfFrame, stillOfStep, stillsOf } from "./gif-stills.ts";
