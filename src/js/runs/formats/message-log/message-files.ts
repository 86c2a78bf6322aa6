import { folderOf } from "../../input/record-path.ts";
import { sortNaturally } from "../../natural-order/natural-order.ts";
import type { RecordFile, RecordFiles } from "../../record-format.ts";

/** The file of one message, where each message has one: sessions of Strands Agents are kept so. */
const ONE_MESSAGE = /^message_\d+\.json$/;

/** The files of the log that a file begins, in order: it alone, or those of all messages; nothing for a later message. */
export function filesOfLog(file: RecordFile, files: RecordFiles): readonly RecordFile[] {
  if (!ONE_MESSAGE.test(file.name)) return [file];
  const folder = folderOf(file.path);
  const beside = files.under(folder).filter(({ name, path }) => ONE_MESSAGE.test(name) && folderOf(path) === folder);
  const byName = new Map(beside.map((each) => [each.name, each]));
  const inOrder = sortNaturally([...byName.keys()]).map((name) => byName.get(name)!);
  return inOrder[0]?.path === file.path ? inOrder : [];
}

/** The parsed JSON of a log: of one file, or a list of that of each. */
export async function valueOfLog(log: readonly RecordFile[]): Promise<unknown> {
  const values = await Promise.all(log.map((file) => file.json()));
  return values.length === 1 ? values[0] : values;
}
