// Serves the page, the built package, the peers and the screenshots, and passes pictures on to be scored.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { ROOT } from "../../scripts/lib/process.mjs";

const TYPES = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
};

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
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path === "/") return response.writeHead(200, { ...HEADERS, "content-type": "text/html" }).end(PAGE);
    if (path === "/score") return answerScore(request, response, score);
    const [, folder, ...rest] = path.split("/");
    const file = folders[folder] && join(folders[folder], normalize(rest.join("/")));
    if (!file?.startsWith(folders[folder]) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      return response.writeHead(404, HEADERS).end();
    }
    const type = TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
    response.writeHead(200, { ...HEADERS, "content-type": type });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answerScore(request, response, score) {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(200, HEADERS).end(await score(Buffer.concat(chunks)));
  } catch {
    response.writeHead(500, HEADERS).end();
  }
}
