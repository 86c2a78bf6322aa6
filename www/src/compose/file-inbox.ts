import { type DroppedRecord, droppedRecord } from "../records/dropped-record.ts";
import { nextMacrotask } from "../ui/next-macrotask.ts";
import { toast } from "../ui/toast.ts";
import { filesOfDrop, looksLikePicture, recordIn, sortedByName, sourcesOfDrop } from "./dropped-files.ts";

/** Callbacks for files that arrive. */
export type InboxListener = { onpictures: () => void; onrecord: (record: DroppedRecord) => void };

/** Screenshots that were dropped, pasted or picked and wait for the view that works on them. */
export class FilesInbox {
  #waiting: File[] = [];
  #onfiles: (() => void) | undefined;

  /** Adds the pictures among the files, ordered by name. Tells the user what was guessed and what was skipped. */
  async add(files: File[]): Promise<void> {
    const { files: pictures, warning } = await sortedByName(files.filter(looksLikePicture));
    if (warning) toast("The names do not say the order for certain: look whether it is right", { icon: "warning" });
    const others = files.filter((file) => !looksLikePicture(file));
    if (others.length === 1) toast(`${others[0]?.name} is not a picture`, { icon: "warning" });
    else if (others.length > 1) toast(`${others.length} files are not pictures and were left out`, { icon: "warning" });
    // Sorting hundreds of names was a long task.
    await nextMacrotask();
    if (pictures.length > 0) this.addInOrder(pictures);
  }

  /** Adds pictures in the given order. */
  addInOrder(pictures: File[]): void {
    this.#waiting.push(...pictures);
    this.#onfiles?.();
  }

  /** Returns the waiting pictures and empties the inbox. */
  take(): File[] {
    return this.#waiting.splice(0);
  }

  /** Sets the callback for new pictures; only one view listens at a time. */
  watch(onfiles: (() => void) | undefined): void {
    this.#onfiles = onfiles;
    if (this.#waiting.length > 0) onfiles?.();
  }

  /** Accepts files dropped or pasted anywhere in the document, and calls back with screenshots or a record. */
  listen(target: Document, { onpictures, onrecord }: InboxListener): void {
    const arrive = async (files: File[]) => {
      if (files.length === 0) return;
      const record = recordIn(files);
      if (record) return onrecord(record);
      await this.add(files);
      if (this.#waiting.length > 0) onpictures();
    };
    const root = target.documentElement;
    const isFileDrag = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    target.addEventListener("dragover", (event) => {
      if (!isFileDrag(event)) return;
      event.preventDefault();
      root.classList.add("file-drag");
    });
    target.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) root.classList.remove("file-drag");
    });
    target.addEventListener("drop", (event) => {
      if (!isFileDrag(event) || !event.dataTransfer) return;
      event.preventDefault();
      root.classList.remove("file-drag");
      // A folder is opened as a record, which has its own order and warnings.
      const { sources, folders } = sourcesOfDrop(event.dataTransfer);
      if (folders.length > 0) onrecord(droppedRecord(sources, folders.join(", ")));
      else void arrive(filesOfDrop(event.dataTransfer));
    });
    target.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) event.preventDefault();
      void arrive(files);
    });
  }
}
