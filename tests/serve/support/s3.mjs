// Stores that speak S3 on loopback: one of our own, moto's and s3s-fs where they are installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./free-port.mjs";

/** What the clients sign with. */
export const CREDENTIALS = { accessKeyId: "test-id", secretAccessKey: "test-secret" };

/** The same for the command line. */
export const VARIABLES = { AWS_ACCESS_KEY_ID: "test-id", AWS_SECRET_ACCESS_KEY: "test-secret" };

/**
 * A bucket in memory with what S3 documents of the calls that the store makes, without `conditions` one that ignores
 * `If-None-Match`, without `versions` one that does not know `If-Match` for writes; `onPart` is called before a part is
 * sent. `{ endpoint, close, keys }`.
 */
export async function ownS3({ pageSize = 1000, conditions = true, versions = true, onPart } = {}) {
  const objects = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url, "http://s3");
    const key = decodeURIComponent(pathname).split("/").slice(2).join("/");
    const send = (status, headers, body) => response.writeHead(status, headers).end(body);
    if (!/^AWS4-HMAC-SHA256 Credential=test-id\//.test(request.headers.authorization ?? "")) return send(403);
    if (searchParams.get("list-type") === "2") return send(200, {}, listing(objects, searchParams, pageSize));
    const found = objects.get(key);
    if (request.method === "PUT") {
      if (conditions && found && request.headers["if-none-match"] === "*") return send(412);
      const version = request.headers["if-match"];
      if (version && !versions) return send(501);
      if (version && !found) return send(404);
      if (version && version !== found.etag) return send(412);
      const bytes = Buffer.concat(chunks);
      objects.set(key, { bytes, etag: `"${createHash("md5").update(bytes).digest("hex")}"` });
      return send(200, { etag: objects.get(key).etag });
    }
    if (request.method === "DELETE") {
      objects.delete(key);
      return send(204);
    }
    if (!found) return send(404);
    if (request.headers.range) onPart?.(objects, key);
    const { bytes, etag } = objects.get(key);
    const match = request.headers["if-match"];
    if (match && match !== etag) return send(412);
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
    const part = first === undefined ? bytes : bytes.subarray(Number(first), Number(last) + 1);
    send(first === undefined ? 200 : 206, { etag, "content-length": part.length }, part);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}`,
    keys: () => [...objects.keys()],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function listing(objects, query, pageSize) {
  const prefix = query.get("prefix") ?? "";
  const names = new Set();
  for (const key of objects.keys()) {
    if (!key.startsWith(prefix)) continue;
    const rest = key.slice(prefix.length);
    names.add(prefix + (rest.includes("/") ? rest.slice(0, rest.indexOf("/") + 1) : rest));
  }
  const all = [...names].sort();
  const from = Number(query.get("continuation-token") ?? 0);
  const encoded = (name) => encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%20", "+");
  const rows = all.slice(from, from + pageSize).map((name) => {
    if (name.endsWith("/")) return `<CommonPrefixes><Prefix>${encoded(name)}</Prefix></CommonPrefixes>`;
    return `<Contents><Key>${encoded(name)}</Key><Size>1</Size></Contents>`;
  });
  const next = from + pageSize < all.length ? `<NextContinuationToken>${from + pageSize}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult><Prefix>${encoded(prefix)}</Prefix>${rows.join("")}${next}</ListBucketResult>`;
}

/** A Python that has moto's server, or undefined. */
export function pythonWithMoto() {
  const candidates = [process.env.PYTHON, "python3"].filter(Boolean);
  return candidates.find((python) => spawnSync(python, ["-c", "import moto.server, flask"]).status === 0);
}

/** moto's server with a bucket `tasks`; `{ endpoint, close }`. */
export async function motoS3(python) {
  const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const endpoint = await new Promise((resolve, reject) => {
    const look = (chunk) => {
      const url = /http:\/\/127\.0\.0\.1:[1-9]\d*/.exec(chunk)?.[0];
      if (url) resolve(url);
    };
    child.stderr.setEncoding("utf8").on("data", look);
    child.stdout.setEncoding("utf8").on("data", look);
    child.on("close", (code) => reject(new Error(`moto's server ended with ${code}`)));
  });
  for (let i = 0; i < 100; i++) {
    const made = await fetch(`${endpoint}/tasks`, { method: "PUT" }).catch(() => undefined);
    if (made?.ok) break;
    await pause(100);
  }
  return { endpoint, close: () => child.kill() };
}

/** The server of s3s-fs (cargo install s3s-fs --features binary), or undefined. */
export function findS3sFs() {
  const program = process.env.S3S_FS ?? "s3s-fs";
  return spawnSync(program, ["--version"]).status === 0 ? program : undefined;
}

/** s3s-fs with a bucket `tasks` in a folder of its own; `{ endpoint, close }`. */
export async function s3sFs(program) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-s3s-"));
  mkdirSync(join(folder, "tasks"));
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  const keys = ["--access-key", accessKeyId, "--secret-key", secretAccessKey];
  const port = await freePort();
  const child = spawn(program, [folder, "--host", "127.0.0.1", "--port", String(port), ...keys], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    if (await fetch(endpoint).catch(() => undefined)) break;
    await pause(100);
  }
  const close = () => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { endpoint, close };
}
