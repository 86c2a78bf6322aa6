import { getMimeType } from "hono/utils/mime";
import type { ByteRange, Store, StoredFacts } from "../stores/store.ts";

/** Answers with a file: all of it, the part that was asked for, or that nothing has changed. */
export async function sendFile(
  store: Pick<Store, "read">,
  key: string,
  request: Request,
): Promise<Response | undefined> {
  let answer: { status: number; range?: ByteRange } = { status: 200 };
  const file = await store.read(key, (facts) => {
    answer = decide(facts, request.headers, request.method === "HEAD");
    return request.method === "HEAD" || answer.status === 304 || answer.status === 416 ? null : answer.range;
  });
  if (!file) return undefined;
  const { status, range } = answer;
  const headers = new Headers({
    etag: file.etag,
    "accept-ranges": "bytes",
    // A GIF that is made again keeps its URL, so caches must revalidate.
    "cache-control": "private, no-cache",
    "content-type": getMimeType(key) ?? "application/octet-stream",
  });
  if (status === 416) headers.set("content-range", `bytes */${file.size}`);
  if (range) headers.set("content-range", `bytes ${range.first}-${range.last}/${file.size}`);
  if (status < 300) headers.set("content-length", String(range ? range.last - range.first + 1 : file.size));
  return new Response(file.body, { status, headers });
}

/** A range counts for GET alone (RFC 9110, 14.2). */
function decide({ size, etag }: StoredFacts, headers: Headers, isHead: boolean): { status: number; range?: ByteRange } {
  const known = headers.get("if-none-match");
  if (known?.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag)) {
    return { status: 304 };
  }
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range")?.trim() ?? "");
  const condition = headers.get("if-range");
  // RFC 9110 allows the whole file as the answer to several ranges or to an invalid one.
  if (isHead || !wanted || (wanted[1] === "" && wanted[2] === "") || (condition !== null && condition !== etag))
    return { status: 200 };
  const [from, to] = [wanted[1]!, wanted[2]!];
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || first > last) return { status: 416 };
  return { status: 206, range: { first, last } };
}
