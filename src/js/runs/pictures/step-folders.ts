import { folderOf, nameOf } from "../input/record-path.ts";

/** Names of folders that hold one step of a run each. */
const STEP = /^(?:step|turn|iteration|iter|action|round|frame|state|screenshot)[-_ ]?\d+$/i;
/** Numbers alone, which can also be those of tests. */
const NUMBER = /^\d+$/;

/**
 * Joins folders beside each other that hold a step each, as `step-0/screenshot.png` and `step-1/screenshot.png`, to one
 * under the folder that they are in. Folders that are called by numbers alone have a single picture each then, all of the
 * same name.
 */
export function joinStepFolders<F extends { readonly name: string }>(
  folders: ReadonlyMap<string, F[]>,
): Map<string, F[]> {
  const groups = new Map<string, string[]>();
  for (const folder of folders.keys()) {
    if (!STEP.test(nameOf(folder)) && !NUMBER.test(nameOf(folder))) continue;
    const key = `${folderOf(folder)}/${nameOf(folder).replace(/\d+/, "")}`;
    groups.set(key, [...(groups.get(key) ?? []), folder]);
  }
  const joined = new Map(folders);
  for (const group of groups.values()) {
    const [first] = group;
    const parent = folderOf(first!);
    if (group.length < 2 || joined.has(parent) || !(STEP.test(nameOf(first!)) || areAlike(group, folders))) continue;
    for (const folder of group) joined.delete(folder);
    joined.set(
      parent,
      group.flatMap((folder) => folders.get(folder)!),
    );
  }
  return joined;
}

/** Whether folders have a single picture each, and all the same. */
function areAlike<F extends { readonly name: string }>(
  group: readonly string[],
  folders: ReadonlyMap<string, F[]>,
): boolean {
  const names = group.map((folder) => folders.get(folder)!.map(({ name }) => name));
  return names.every(([name, ...others]) => others.length === 0 && name === names[0]![0]);
}
