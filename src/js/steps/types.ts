import type { ImageSource, Step } from "../types.ts";

/** How to read a record. */
export type StepsOptions<Image extends ImageSource | PromiseLike<ImageSource> = ImageSource> = {
  /** Gives the picture for what the record says: a file name, a path or an address. Base64 and `data:` need none. */
  resolve?: (reference: string, step: Step) => Image;
  /** Addresses of the screenshots, where the record itself has none, as with API v1. */
  screenshots?: readonly string[];
  /** Whether placeholders and new-tab pages are left out; default true. */
  skipBlank?: boolean;
};

/** A step of any record: what is known about it, and what stands for its picture. */
export type RecordStep = Step & {
  /** Base64, an address, a path, or nothing. */
  picture?: string;
  /** Whether `picture` is a file, which has to be resolved. */
  isFile?: boolean;
};
