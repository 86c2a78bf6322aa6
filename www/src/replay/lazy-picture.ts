/** A picture as a file: at hand from the start, or fetched once when it is first needed. */
export class PictureFile {
  /** The file, once it is here. */
  blob: Blob | undefined;
  #loading: Promise<Blob> | undefined;
  readonly #fetch: () => Promise<Blob>;

  private constructor(blob: Blob | undefined, fetch: () => Promise<Blob>) {
    this.blob = blob;
    this.#fetch = fetch;
  }

  /** A file that is here already. */
  static of(blob: Blob): PictureFile {
    return new PictureFile(blob, async () => blob);
  }

  /** A file that `read` gives when it is needed. */
  static from(read: () => Promise<Blob>): PictureFile {
    return new PictureFile(undefined, read);
  }

  /** A file at an address; `signal` ends its download. */
  static at(address: string, signal: AbortSignal): PictureFile {
    return new PictureFile(undefined, async () => {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`HTTP status ${response.status}`);
      return response.blob();
    });
  }

  /** Fetches the file unless it is here or on its way. A failure is not kept. */
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
