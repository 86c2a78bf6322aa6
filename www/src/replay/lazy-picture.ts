/** A picture file that is there from the start, or is fetched once, on demand. */
export class PictureFile {
  /** The file, once it is loaded. */
  blob: Blob | undefined;
  #loading: Promise<Blob> | undefined;
  readonly #fetch: () => Promise<Blob>;

  private constructor(blob: Blob | undefined, fetch: () => Promise<Blob>) {
    this.blob = blob;
    this.#fetch = fetch;
  }

  /** A loaded file. */
  static of(blob: Blob): PictureFile {
    return new PictureFile(blob, async () => blob);
  }

  /** A file that `read` returns on demand. */
  static from(read: () => Promise<Blob>): PictureFile {
    return new PictureFile(undefined, read);
  }

  /** A file at a URL; `signal` aborts its download. */
  static at(address: string, signal: AbortSignal): PictureFile {
    return new PictureFile(undefined, async () => {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      return response.blob();
    });
  }

  /** Fetches the file, unless it is loaded or loading. After a failure, the next call tries again. */
  load(): Promise<Blob> {
    this.#loading ??= this.#fetch().then(
      (blob) => {
        this.blob = blob;
        return blob;
      },
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
