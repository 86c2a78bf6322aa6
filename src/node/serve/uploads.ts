/** Why a body was not taken. */
export class BodyRefused extends Error {
  constructor(
    readonly status: 413 | 429,
    message: string,
  ) {
    super(message);
  }
}

/** Reads bodies into memory, each up to a size and all together up to another. */
export class Uploads {
  #bytes = 0;

  constructor(private readonly mostBytes: number) {}

  /** Gives the body to `use`, and counts it until that is done. */
  async take<T>(request: Request, most: number, use: (body: Uint8Array<ArrayBuffer>) => Promise<T>): Promise<T> {
    const announced = Number(request.headers.get("content-length") ?? 0);
    if (announced > most) throw tooLarge(most);
    let counted = 0;
    const count = (bytes: number) => {
      if (bytes <= counted) return;
      if (this.#bytes + bytes - counted > this.mostBytes)
        throw new BodyRefused(429, "Too many uploads at the same time");
      this.#bytes += bytes - counted;
      counted = bytes;
    };
    try {
      count(announced);
      const chunks: Uint8Array[] = [];
      let length = 0;
      const reader = request.body?.getReader();
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
        length += next.value.length;
        if (length > most) {
          void reader?.cancel();
          throw tooLarge(most);
        }
        count(length);
        chunks.push(next.value);
      }
      const body = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        body.set(chunk, at);
        at += chunk.length;
      }
      return await use(body);
    } finally {
      this.#bytes -= counted;
    }
  }
}

function tooLarge(most: number): BodyRefused {
  return new BodyRefused(413, `The body is larger than ${most} bytes`);
}
