import { toast } from "../ui/toast.ts";
import { filesOfDrop, inNaturalOrder, looksLikePicture } from "./files.ts";

/** Screenshots that were dropped, pasted or picked and wait for the view that works on them. */
export class FilesInbox {
  #waiting: File[] = [];
  #onfiles: (() => void) | undefined;

  /** Takes in the pictures among the files, in natural order, and says what it left out. */
  add(files: File[]): void {
    const pictures = inNaturalOrder(files.filter(looksLikePicture));
    const others = files.filter((file) => !looksLikePicture(file));
    if (others.length === 1) toast(`${others[0]?.name} is not a picture`, { icon: "warning" });
    else if (others.length > 1) toast(`${others.length} files are not pictures and were left out`, { icon: "warning" });
    if (pictures.length === 0) return;
    this.#waiting.push(...pictures);
    this.#onfiles?.();
  }

  /** Hands over what is waiting. */
  take(): File[] {
    return this.#waiting.splice(0);
  }

  /** Calls back when there is something to take; one view at a time listens. */
  watch(onfiles: (() => void) | undefined): void {
    this.#onfiles = onfiles;
    if (this.#waiting.length > 0) onfiles?.();
  }

  /** Takes in whatever is dropped or pasted anywhere in the document; `onarrive` goes where it is shown. */
  listen(target: Document, onarrive: () => void): void {
    const arrive = (files: File[]) => {
      if (files.length === 0) return;
      this.add(files);
      if (this.#waiting.length > 0) onarrive();
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
      void filesOfDrop(event.dataTransfer).then(arrive);
    });
    target.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) event.preventDefault();
      arrive(files);
    });
  }
}
