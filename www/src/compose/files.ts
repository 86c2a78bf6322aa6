const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const PICTURE_NAME = /\.(png|jpe?g|webp|gif)$/i;

/** Whether a file looks like a picture by type or name. Whether it is one, the assembler finds out. */
export function looksLikePicture(file: File): boolean {
  return /^image\/(png|jpeg|webp|gif)$/.test(file.type) || PICTURE_NAME.test(file.name);
}

/** Files in the order people mean: `step_2.png` before `step_10.png`. */
export function inNaturalOrder(files: File[]): File[] {
  return [...files].sort((a, b) => natural.compare(pathOf(a), pathOf(b)));
}

/** All files of a drop, also those inside folders. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  // The list of items is empty after the first wait, so the entries are taken before it.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.());
  if (entries.every((entry) => !entry?.isDirectory)) return [...transfer.files];
  const lists = await Promise.all(entries.map((entry) => (entry ? filesOfEntry(entry) : [])));
  return lists.flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // A reader hands out a hundred entries at a time, and none when it is through.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...(await filesOfEntry(child)));
  }
}

const pathOf = (file: File) => file.webkitRelativePath || file.name;
