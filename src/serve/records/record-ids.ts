import { sha256 } from "hono/utils/crypto";
import { TASK_ID } from "../task.ts";

/** Characters of a name that an id takes over. */
const LONGEST = 110;

/** A run that wants an id. */
export type Candidate = {
  /** Name of the folder or file at the root of the store. */
  name: string;
  /** Number of the run in it, from 1; absent where it is the only one. */
  number?: number;
  /** What the record itself says. */
  own?: unknown;
};

/**
 * Ids for runs: what the record says, else the name of its folder or file and the number of the run, with a part of a
 * hash where another has that id. They depend on what is in the store alone, so that a server that starts again gives the
 * same. A folder of the store that is called like an id keeps it.
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
