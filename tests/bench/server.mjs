// Serves the page, the built package, the peers and the screenshots, and passes pictures on to be scored.
import { join } from "node:path";
import { ROOT } from "../../scripts/lib/process.mjs";
import { serveStatic } from "../../scripts/lib/static-server.mjs";

const IMPORTS = {
  "task-gif": "/dist/index.js",
  gifenc: "/modules/gifenc/dist/gifenc.esm.js",
  "gif.js": "/modules/gif.js/dist/gif.js",
  "modern-gif": "/modules/modern-gif/dist/index.mjs",
  "modern-palette": "/modules/modern-palette/dist/index.mjs",
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

// An isolated page has the finest clock and whatever else an encoder may profit from.
const HEADERS = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cache-control": "no-store",
};

/** Starts the server on a free port; `screenshots` is the folder behind /screenshots, `score` turns pixels to text. */
export async function serve({ screenshots, score }) {
  const folders = {
    dist: join(ROOT, "dist"),
    modules: join(ROOT, "node_modules"),
    bench: join(ROOT, "tests/bench"),
    screenshots,
  };
  const endpoint = (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/") response.writeHead(200, { ...HEADERS, "content-type": "text/html" }).end(PAGE);
    else if (pathname === "/score") answerScore(request, response, score);
    else return false;
    return true;
  };
  return serveStatic(folders, { endpoint, headers: HEADERS });
}

async function answerScore(request, response, score) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const result = await score(Buffer.concat(chunks));
    response.writeHead(200, HEADERS).end(result);
  } catch {
    response.writeHead(500, HEADERS).end();
  }
}
