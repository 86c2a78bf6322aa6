import { AwsClient } from "aws4fetch";
import type { ChooseRange, Store, StoredFile, WriteOptions } from "./store.ts";

/** Where an S3-compatible store is and how to get in. */
export type S3Options = {
  /** Address of the service, as in `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string;
  /** Name of the bucket. */
  bucket: string;
  /** What all keys begin with; default nothing. */
  prefix?: string;
  /** Default `us-east-1`, which services without regions expect; R2 wants `auto`. */
  region?: string;
  /** ID of the key that may read and write there. */
  accessKeyId: string;
  /** The key itself. */
  secretAccessKey: string;
  /** What belongs to a key that was lent for some time. */
  sessionToken?: string;
};

/**
 * Tasks in a bucket. The service has to know `If-None-Match: *` for writes, as S3, R2 and MinIO do: that is what keeps
 * two servers from doing the same work. `knowsConditions` finds out.
 */
export class S3Store implements Store {
  readonly #client: AwsClient;
  readonly #bucket: string;
  readonly #prefix: string;

  /** Asks nothing yet. */
  constructor({ endpoint, bucket, prefix = "", region = "us-east-1", ...credentials }: S3Options) {
    this.#client = new AwsClient({ ...credentials, service: "s3", region, retries: 3 });
    this.#bucket = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}`;
    this.#prefix = prefix && `${prefix.replace(/^\/+|\/+$/g, "")}/`;
  }

  async read(key: string, choose: ChooseRange = () => undefined): Promise<StoredFile | undefined> {
    const response = await this.#ask(key);
    if (response.status === 404) return undefined;
    const facts = { size: Number(response.headers.get("content-length")), etag: response.headers.get("etag") ?? "" };
    const range = choose(facts);
    if (range === undefined) return { ...facts, body: response.body };
    await response.body?.cancel();
    if (range === null) return { ...facts, body: null };
    // Of the same version, so that the answer fits its ETag.
    const headers = { range: `bytes=${range.first}-${range.last}`, "if-match": facts.etag };
    const part = await this.#ask(key, { headers });
    if (part.status === 404) return undefined;
    return { ...facts, body: part.body };
  }

  async write(key: string, bytes: Uint8Array<ArrayBuffer> | null, { ifAbsent }: WriteOptions = {}): Promise<boolean> {
    if (bytes === null) {
      await this.#ask(key, { method: "DELETE" });
      return true;
    }
    const headers: Record<string, string> = ifAbsent ? { "if-none-match": "*" } : {};
    const { status } = await this.#ask(key, { method: "PUT", body: bytes, headers }, [409, 412]);
    return status < 300;
  }

  /**
   * Whether the service keeps to `If-None-Match: *`. Some answer 200 and write over what is there (s3rver 3.7.1 does),
   * and others refuse the header. Two writers at the same moment are not tried.
   */
  async knowsConditions(): Promise<boolean> {
    const key = `.probe-${crypto.randomUUID()}`;
    const bytes = new TextEncoder().encode("task-gif looks whether this bucket knows If-None-Match");
    try {
      return (await this.write(key, bytes, { ifAbsent: true })) && !(await this.write(key, bytes, { ifAbsent: true }));
    } finally {
      await this.write(key, null).catch(() => undefined);
    }
  }

  async list(folder: string): Promise<string[]> {
    const prefix = this.#prefix + (folder === "" ? "" : `${folder.replace(/\/$/, "")}/`);
    const names: string[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ "list-type": "2", delimiter: "/", "encoding-type": "url", prefix });
      if (token !== undefined) query.set("continuation-token", token);
      const answer = await (await this.#ask(undefined, {}, [], `?${query}`)).text();
      for (const [, key] of answer.matchAll(/<(?:Key|Prefix)>([^<]*)<\/(?:Key|Prefix)>/g)) {
        const name = decodeURIComponent(unescaped(key!).replaceAll("+", " ")).slice(prefix.length);
        if (name !== "" && !name.startsWith(".")) names.push(name);
      }
      token = /<NextContinuationToken>([^<]*)</.exec(answer)?.[1];
      if (token !== undefined) token = unescaped(token);
    } while (token !== undefined);
    return names;
  }

  async #ask(key: string | undefined, init: RequestInit = {}, expected: number[] = [], query = ""): Promise<Response> {
    const path = key === undefined ? "" : `/${(this.#prefix + key).split("/").map(encodeURIComponent).join("/")}`;
    const response = await this.#client.fetch(`${this.#bucket}${path}${query}`, init);
    if (response.ok || (key !== undefined && response.status === 404) || expected.includes(response.status)) {
      return response;
    }
    await response.body?.cancel();
    throw new Error(`the store answered ${response.status} to ${init.method ?? "GET"} ${key ?? "(list)"}`);
  }
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
