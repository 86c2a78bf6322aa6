// Serves the built package, the recorded screenshots and an empty page, under several policies.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SCREENS = join(ROOT, "tests/fixtures/screens");
const FOLDERS = {
  dist: join(ROOT, "dist"),
  support: join(ROOT, "tests/browser/support"),
  trust: join(ROOT, "tests/trust/support"),
};
const TYPES = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
};

/** Headers of the page, by its path. */
const PAGES = {
  "/": {},
  "/isolated": { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
  "/strict": {
    "content-security-policy":
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' blob:",
  },
  "/no-workers": { "content-security-policy": "worker-src 'none'" },
  "/no-wasm": { "content-security-policy": "script-src 'self'" },
};

/** Starts a server on a free port; `{ url, requests, close }`. Any origin may load its files. */
export async function serve({ screens = SCREENS } = {}) {
  const folders = { ...FOLDERS, screens };
  const requests = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    if (PAGES[pathname]) {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...PAGES[pathname] });
      response.end('<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">');
      return;
    }
    const [, folder, ...rest] = pathname.split("/");
    const path = folders[folder] && join(folders[folder], normalize(rest.join("/")));
    if (!path?.startsWith(folders[folder]) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404, { "content-type": "text/html" }).end("<!doctype html>404");
      return;
    }
    response.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
