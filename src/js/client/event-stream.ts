/** One event of a stream of server-sent events. */
export type ServerEvent = { event: string; data: string };

/** Maximum length of an unfinished event in UTF-16 units. */
const MOST_TEXT = 1_000_000;

/**
 * Yields the events of a response, in batches as they arrive. `EventSource` cannot be used: it cannot send a key in a
 * header, and a key must not be in a URL. Comments, ids and retry times are ignored. Throws if no data arrives for
 * `firstMs` at first, or for `silenceMs` later.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { firstMs, silenceMs }: { firstMs: number; silenceMs: number },
): AsyncGenerator<ServerEvent[]> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let patienceMs = firstMs;
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), patienceMs);
      if (done) return;
      patienceMs = silenceMs;
      text = (text + value).replace(/\r\n?/g, "\n");
      if (text.length > MOST_TEXT) throw new Error("an event is too long");
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      yield blocks.flatMap(eventIn);
    }
  } finally {
    void reader.cancel().catch(() => {}); // it may have ended by itself
  }
}

function eventIn(block: string): ServerEvent[] {
  const fields = block.split("\n").map((line) => /^(\w+): ?(.*)$/s.exec(line) ?? []);
  const valuesOf = (name: string) => fields.flatMap(([, field, value]) => (field === name ? [value!] : []));
  const data = valuesOf("data");
  return data.length === 0 ? [] : [{ event: valuesOf("event").at(-1) ?? "message", data: data.join("\n") }];
}

async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing was heard for ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
