import { folderOf, nameOf } from "../input/record-path.ts";

/** Names of folders that contain one step of a run each. */
const STEP = /^(?:step|turn|iteration|iter|action|round|frame|state|screenshot)[-_ ]?\d+$/i;
/** Plain numbers, which may be those of steps or of tests. */
const NUMBER = /^\d+$/;

/**
 * Joins sibling folders that contain one step each, such as `step-0/screenshot.png` and `step-1/screenshot.png`, into one list under
 * their parent folder. Folders with plain numbers are joined only if each has a single picture and all have the same name.
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

/** Whether folders have a single picture each, and all of the same name. */
function areAlike<F extends { readonly name: string }>(
  group: readonly string[],
  folders: ReadonlyMap<string, F[]>,
): boolean {
  const names = group.map((folder) => folders.get(folder)!.map(({ name }) => name));
  return names.every(([name, ...others]) => others.length === 0 && name === names[0]![0]);
}
