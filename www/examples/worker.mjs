// The self-hosted endpoint as a Worker with an R2 bucket: it takes tasks in and answers for them. Workers have no threads
// and compile no wasm of their own, so that the GIFs are made by a server elsewhere on the same bucket:
//
//   wrangler.toml: r2_buckets = [{ binding = "TASKS", bucket_name = "tasks" }]
//   elsewhere: npx task-gif serve s3://tasks --s3-endpoint https://ACCOUNT.r2.cloudflarestorage.com --s3-region auto
import { createTaskServer } from "task-gif/serve";

/** Tasks in a bucket. */
export class R2Store {
  #bucket;

  constructor(bucket) {
    this.#bucket = bucket;
  }

  async read(key, choose = () => undefined) {
    const head = await this.#bucket.head(key);
    if (!head) return undefined;
    const facts = { size: head.size, etag: head.httpEtag };
    const range = choose(facts);
    if (range === null || head.size === 0) return { ...facts, body: range === null ? null : new Uint8Array() };
    const part = range && { offset: range.first, length: range.last - range.first + 1 };
    // Of the same version, so that the bytes fit the ETag.
    const file = await this.#bucket.get(key, { onlyIf: { etagMatches: head.etag }, ...(part && { range: part }) });
    return file?.body ? { ...facts, body: file.body } : this.read(key, choose);
  }

  async write(key, bytes, { ifAbsent = false, ifMatch } = {}) {
    const conditions = {
      ...(ifAbsent && { onlyIf: { etagDoesNotMatch: "*" } }),
      ...(ifMatch !== undefined && { onlyIf: { etagMatches: ifMatch.replaceAll('"', "") } }),
    };
    if (bytes === null) await this.#bucket.delete(key);
    else return (await this.#bucket.put(key, bytes, conditions)) !== null;
    return true;
  }

  async list(folder) {
    const prefix = folder === "" ? "" : `${folder.replace(/\/$/, "")}/`;
    const names = [];
    for (let cursor, page; page === undefined || page.truncated; cursor = page.cursor) {
      page = await this.#bucket.list({ prefix, delimiter: "/", cursor });
      names.push(...page.objects.map(({ key }) => key), ...page.delimitedPrefixes);
    }
    return names.map((name) => name.slice(prefix.length)).filter((name) => name !== "" && !name.startsWith("."));
  }
}

export default {
  fetch(request, env) {
    // One for each request: what one request waits for, another may not.
    const log = (event) => console.log(JSON.stringify(event));
    return createTaskServer({ store: new R2Store(env.TASKS), publicUrl: env.PUBLIC_URL, log }).fetch(request);
  },
};
