import type { Options } from "../public-types.ts";
import { ALIAS_NAMES, type OptionAliases, rename } from "./aliases.ts";
import { readRows, record, reject } from "./argument-checks.ts";
import { OPTIONS, type ResolvedOptions } from "./option-table.ts";

export type { ResolvedOptions } from "./option-table.ts";

/**
 * Checks the options, by whatever name they are known, and fills in the defaults.
 *
 * @throws `TypeError` that names the option, what was expected and what was found.
 */
export function resolveOptions(options: Options & OptionAliases = {}): ResolvedOptions {
  const named = record(options, "options", Object.keys(OPTIONS), ALIAS_NAMES);
  const { options: given, paths } = rename(named);
  const resolved: ResolvedOptions = readRows(OPTIONS, given, (name) => `options.${paths[name] ?? name}`);
  // A caller who selects steps wants exactly those, even a single one.
  if (given.minFrames === undefined && (given.steps !== undefined || given.onlyFailed === true)) resolved.minFrames = 1;
  // A close-up shows the page in its own pixels, so the whole page is shown at half its size.
  const isSized = given.width !== undefined || given.height !== undefined || given.scale !== undefined;
  if (resolved.camera === "follow" && !isSized && resolved.fit !== "none") resolved.scale = 0.5;
  const { width, height, scale, fit } = resolved;
  if (scale !== 1 && (width !== undefined || height !== undefined)) {
    reject("options.scale", "nothing beside width or height", scale);
  }
  if (scale !== 1 && fit === "none") reject("options.scale", 'nothing beside fit: "none", which never scales', scale);
  return resolved;
}
