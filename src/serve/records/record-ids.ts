import { sha256 } from "hono/utils/crypto";
import { TASK_ID } from "../task.ts";

/** Maximum number of characters of a name that become part of an id. */
const LONGEST = 110;

/** The properties of a run that its id depends on. */
export type Candidate = {
  /** Name of the folder or file at the root of the store. */
  name: string;
  /** Number of the run in the record, from 1; absent for a single run. */
  number?: number;
  /** The id in the record itself. */
  own?: unknown;
};

/**
 * Assigns ids to runs: the id in the record, or else the name of its folder or file and the number of the run, followed
 * by a part of a hash if another run has that id. Ids depend on the content of the store alone, so that they survive a
 * restart. A folder of the store whose name equals an id keeps that id.
 */
export async function recordIds(candidates: readonly Candidate[], folders: ReadonlySet<string>): Promise<string[]> {
  const taken = new Set<string>();
  const ids: string[] = [];
  for (const { name, number, own } of candidates) {
    const hash = ((await sha256(name)) ?? "").slice(0, 8);
    const words = TASK_ID.test(name) ? name : name.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "");
    const base = words.slice(0, LONGEST) || `record-${hash}`;
    const suffix = number === undefined ? "" : `-${number}`;
    const isFree = (id: unknown): id is string =>
      typeof id === "string" && TASK_ID.test(id) && !taken.has(id) && (!folders.has(id) || id === name);
    const id = [own, base + suffix].find(isFree) ?? `${base}-${hash}${suffix}`;
    taken.add(id);
    ids.push(id);
  }
  return ids;
}
