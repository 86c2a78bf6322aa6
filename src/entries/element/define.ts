/**
 * Registers `<task-gif>`. On a server, or where it is registered already, nothing happens.
 *
 * @packageDocumentation
 */
import { TaskGifElement } from "../../js/element/element.ts";

if (globalThis.customElements && !customElements.get("task-gif")) customElements.define("task-gif", TaskGifElement);

export * from "./index.ts";
