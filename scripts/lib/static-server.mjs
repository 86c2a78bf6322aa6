// A small static file server on localhost, for the built dashboard and for tests.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` on the first free port from `port` on (0: any free one); resolves to `{ url, close }`.
 * `endpoint` sees each request first and resolves to whether it has answered it.
 * Listens on the loopback interface only.
 */
export async function serveStatic(folder, { port = 0, endpoint = async () => false } = {}) {
  const server = createServer((request, response) => {
    endpoint(request, response)
      .then((done) => done || answer(folder, request, response))
      .catch(() => (response.headersSent ? response.destroy() : response.writeHead(500).end("500")));
  });
  const used = await listen(server, port);
  return {
    url: `http://localhost:${used}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function listen(server, port) {
  for (let candidate = port; ; candidate++) {
    const error = await new Promise((resolve) => {
      server.once("error", resolve);
      server.listen(candidate, "localhost", () => {
        server.off("error", resolve);
        resolve(undefined);
      });
    });
    if (!error) return server.address().port;
    if (error.code !== "EADDRINUSE" || candidate - port >= 20) throw error;
  }
}

async function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
  const path = resolvePath(folder, request.url);
  if (!path) return refuse(response, 400);
  const file = (await fileAt(path)) ?? (await fileAt(join(path, "index.html")));
  if (!file) return refuse(response, 404);
  response.writeHead(200, {
    "content-type": TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
    "content-length": file.size,
    // What is served here is being worked on.
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") return response.end();
  createReadStream(file.path)
    .on("error", () => response.destroy())
    .pipe(response);
}

function resolvePath(folder, url) {
  try {
    const { pathname } = new URL(url, "http://localhost");
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    const inside = path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    return inside && !path.includes("\0") ? path : undefined;
  } catch {
    return undefined;
  }
}

async function fileAt(path) {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, size: found.size } : undefined;
}

function refuse(response, status) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(String(status));
}
