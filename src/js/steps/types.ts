import type { ImageSource } from "../types.ts";

/** What is known about a step before its picture is looked for. */
export type StepFacts = {
  /** Number of the step in the task; skipped steps count. */
  number: number;
  /** What the step is about. */
  caption?: string;
  /** Address of the page. */
  url?: string;
  /** When the screenshot was taken. */
  timestampMs?: number;
  /** Whether the step failed, where that is known. */
  failed?: boolean;
};

/** How to read a record. */
export type StepsOptions<Image extends ImageSource | PromiseLike<ImageSource> = ImageSource> = {
  /** Gives the picture for what the record says: a file name, a path or an address. Base64 and `data:` need none. */
  resolve?: (reference: string, step: StepFacts) => Image;
  /** Addresses of the screenshots, where the record itself has none, as with API v1. */
  screenshots?: readonly string[];
  /** Whether placeholders and new-tab pages are left out; default true. */
  skipBlank?: boolean;
};

/** A step of any record: what is known about it, and what stands for its picture. */
export type Step = StepFacts & {
  /** Base64, an address, a path, or nothing. */
  picture?: string;
  /** Whether `picture` is a file, which has to be resolved. */
  isFile?: boolean;
};
