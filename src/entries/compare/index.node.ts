/**
 * `task-gif/compare` in Node.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { useStills } from "../../js/task-gif.ts";
import { node } from "../../node/platform.ts";

usePlatform(node);

useStills(() => import("../../js/inspect/gif-stills.lazy.ts"));

export * from "../../js/compare/index.ts";
