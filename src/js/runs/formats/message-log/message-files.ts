import { folderOf } from "../../input/record-path.ts";
import { sortNaturally } from "../../natural-order/natural-order.ts";
import type { RecordFile, RecordFiles } from "../../record-format.ts";

/** Name of a file with a single message, as in sessions of Strands Agents. */
const ONE_MESSAGE = /^message_\d+\.json$/;

/** Returns the files of the log that begins with this file, in order; `undefined` for the file of a later message. */
export function filesOfLog(file: RecordFile, files: RecordFiles): readonly RecordFile[] {
  if (!ONE_MESSAGE.test(file.name)) return [file];
  const folder = folderOf(file.path);
  const beside = files.under(folder).filter(({ name, path }) => ONE_MESSAGE.test(name) && folderOf(path) === folder);
  const byName = new Map(beside.map((each) => [each.name, each]));
  const inOrder = sortNaturally([...byName.keys()]).map((name) => byName.get(name)!);
  return inOrder[0]?.path === file.path ? inOrder : [];
}

/** Returns the parsed JSON of a log: of its only file, or a list for several files. */
export async function valueOfLog(log: readonly RecordFile[]): Promise<unknown> {
  const values = await Promise.all(log.map((file) => file.json()));
  return values.length === 1 ? values[0] : values;
}
