import { AwsClient } from "aws4fetch";
import type { ChooseRange, Store, StoredFile, WriteOptions } from "./store.ts";

/** Address and credentials of an S3-compatible store. */
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
  /** Session token of temporary credentials. */
  sessionToken?: string;
};

/** Maximum number of tries to read a range while the file is being replaced. */
const MOST_READS = 10;

/** The conditional writes that a service supports. */
export type S3Conditions = {
  /** `If-None-Match: *`. */
  ifAbsent: boolean;
  /** `If-Match` with an ETag. */
  ifMatch: boolean;
};

/**
 * A store in a bucket. The service must support `If-None-Match: *` and `If-Match` on writes, as S3, R2 and MinIO do:
 * without them, two servers would do the same work and undo each other's changes. `conditions` tests the service.
 */
export class S3Store implements Store {
  readonly #client: AwsClient;
  readonly #bucket: string;
  readonly #prefix: string;
  /** Whether writes send `If-Match`; a service that lacks it may refuse such writes. */
  #saysVersion = true;

  /** Makes no request. */
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
    // All ranges must be of the same version, so that the bytes match the ETag.
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
    // With If-Match, 404 means that there is no version to replace.
    return status < 300;
  }

  /**
   * Tests which conditions the service supports. Some services answer 200 and overwrite the file (s3rver 3.7.1), others
   * refuse the headers. Concurrent writers are not tested.
   */
  async conditions(): Promise<S3Conditions> {
    const key = `.probe-${crypto.randomUUID()}`;
    const bytes = new TextEncoder().encode("task-gif looks whether this bucket knows If-None-Match and If-Match");
    const write = (options: WriteOptions) => this.write(key, bytes, options);
    try {
      const ifAbsent = (await write({ ifAbsent: true })) && !(await write({ ifAbsent: true }));
      // A write with another ETag must fail, a write with the current one must succeed.
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

/** Returned if the file was replaced between two ranges. */
const REPLACED = Symbol("replaced");

/** An ETag that no file has. */
const OTHER_ETAG = '"00000000000000000000000000000000"';

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
