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

/** How often a part is asked for anew when the file is replaced while it is read. */
const MOST_READS = 10;

/** Which conditions a service keeps to when it writes. */
export type S3Conditions = {
  /** `If-None-Match: *`. */
  ifAbsent: boolean;
  /** `If-Match` with an ETag. */
  ifMatch: boolean;
};

/**
 * Tasks in a bucket. The service has to know `If-None-Match: *` and `If-Match` for writes, as S3, R2 and MinIO do: that is
 * what keeps two servers from doing the same work, and from undoing each other's changes. `conditions` finds out.
 */
export class S3Store implements Store {
  readonly #client: AwsClient;
  readonly #bucket: string;
  readonly #prefix: string;
  /** Whether writes say which version they replace; a service that does not know this may refuse it. */
  #saysVersion = true;

  /** Asks nothing yet. */
  constructor({ endpoint, bucket, prefix = "", region = "us-east-1", ...credentials }: S3Options) {
    this.#client = new AwsClient({ ...credentials, service: "s3", region, retries: 3 });
    this.#bucket = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}`;
    this.#prefix = prefix && `${prefix.replace(/^\/+|\/+$/g, "")}/`;
  }

  async read(key: string, choose: ChooseRange = () => undefined): Promise<StoredFile | undefined> {
    for (let reads = 1; ; reads++) {
      const found = await this.#readVersion(key, choose);
      if (found !== REPLACED) return found;
      if (reads === MOST_READS) throw new Error(`${key} was replaced ${reads} times while it was read`);
    }
  }

  async #readVersion(key: string, choose: ChooseRange): Promise<StoredFile | undefined | typeof REPLACED> {
    const response = await this.#ask(key);
    if (response.status === 404) return undefined;
    const facts = { size: Number(response.headers.get("content-length")), etag: response.headers.get("etag") ?? "" };
    const range = choose(facts);
    if (range === undefined) return { ...facts, body: response.body };
    await response.body?.cancel();
    if (range === null) return { ...facts, body: null };
    // Of the same version, so that the answer fits its ETag.
    const headers = { range: `bytes=${range.first}-${range.last}`, "if-match": facts.etag };
    const part = await this.#ask(key, { headers }, [412]);
    if (part.status === 404) return undefined;
    if (part.status === 412) return REPLACED;
    return { ...facts, body: part.body };
  }

  async write(
    key: string,
    bytes: Uint8Array<ArrayBuffer> | null,
    { ifAbsent, ifMatch }: WriteOptions = {},
  ): Promise<boolean> {
    if (bytes === null) {
      await this.#ask(key, { method: "DELETE" });
      return true;
    }
    const headers: Record<string, string> = ifAbsent ? { "if-none-match": "*" } : {};
    if (ifMatch !== undefined && this.#saysVersion) headers["if-match"] = ifMatch;
    const { status } = await this.#ask(key, { method: "PUT", body: bytes, headers }, [409, 412]);
    // With If-Match, 404 says that there is no version to write over.
    return status < 300;
  }

  /**
   * Which conditions the service keeps to. Some answer 200 and write over what is there (s3rver 3.7.1 does), and others
   * refuse the headers. Two writers at the same moment are not tried.
   */
  async conditions(): Promise<S3Conditions> {
    const key = `.probe-${crypto.randomUUID()}`;
    const bytes = new TextEncoder().encode("task-gif looks whether this bucket knows If-None-Match and If-Match");
    const write = (options: WriteOptions) => this.write(key, bytes, options);
    try {
      const ifAbsent = (await write({ ifAbsent: true })) && !(await write({ ifAbsent: true }));
      // Of another version nothing is replaced, of this one it is.
      const { etag = "" } = (await this.read(key, () => null)) ?? {};
      const isRefused = () => false;
      const ifMatch =
        !(await write({ ifMatch: OTHER_ETAG }).catch(() => true)) && (await write({ ifMatch: etag }).catch(isRefused));
      this.#saysVersion = ifMatch;
      return { ifAbsent, ifMatch };
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

/** What was to be read in parts is another file by now. */
const REPLACED = Symbol("replaced");

/** The ETag of no file. */
const OTHER_ETAG = '"00000000000000000000000000000000"';

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
