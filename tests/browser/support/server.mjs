// Serves the built package, the recorded screenshots and an empty page, under several policies.
import { join } from "node:path";
import { ROOT } from "../../../scripts/lib/process.mjs";
import { serveStatic } from "../../../scripts/lib/static-server.mjs";

const SCREENS = join(ROOT, "tests/fixtures/screens");
const FOLDERS = {
  dist: join(ROOT, "dist"),
  support: join(ROOT, "tests/browser/support"),
  trust: join(ROOT, "tests/trust/support"),
};
/** Headers with which pages of any origin, isolated ones too, may load a file. */
const ANY_ORIGIN = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "cross-origin-embedder-policy": "require-corp",
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
  const requests = [];
  const endpoint = (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    if (!PAGES[pathname]) return false;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...PAGES[pathname] });
    response.end('<!doctype html><meta charset="utf-8"><title>test</title><link rel="icon" href="data:,">');
    return true;
  };
  const { url, close } = await serveStatic({ ...FOLDERS, screens }, { endpoint, headers: ANY_ORIGIN });
  return { url: url.slice(0, -1), requests, close };
}
