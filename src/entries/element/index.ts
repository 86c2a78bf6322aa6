/**
 * `<task-gif>` as a class, for pages that choose its name or its moment themselves. Importing it registers nothing and
 * touches no DOM, so that it may be imported on a server.
 *
 * @packageDocumentation
 */
import { useAssembler } from "../../js/element/load-assembler.ts";

useAssembler(() => import("../index.ts"));

export { TaskGifElement } from "../../js/element/element.ts";
export type * from "../../js/element/element-types.ts";
export type * from "../../js/element/jsx.ts";
export { LABELS, type Labels } from "../../js/element/view/labels.ts";
