// Serves the built package, pages under several policies, GIFs, and a task endpoint whose answers a test sets.
import { extname, join } from "node:path";
import { ROOT } from "../../../scripts/lib/process.mjs";
import { serveStatic } from "../../../scripts/lib/static-server.mjs";

const FOLDERS = {
  dist: join(ROOT, "dist"),
  screens: join(ROOT, "tests/fixtures/screens"),
  axe: join(ROOT, "node_modules/axe-core"),
  support: join(ROOT, "tests/element/support"),
};
const TYPES = { ".png": "image/png", ".gif": "image/gif", ".js": "text/javascript" };
const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";

/**
 * Starts a server on a free port. `files` are bytes or a status code by their path, which any test may add to; those below `/closed/` come
 * without CORS headers. `task` answers the calls of the API: `{ gif, status, steps, screenshots }`, or a status code.
 */
export async function serve(files) {
  const endpoint = (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const send = (status, type, body, headers = {}) => {
      const cors = pathname.startsWith("/closed/") ? {} : { "access-control-allow-origin": "*" };
      response.writeHead(status, { "content-type": type, ...cors, ...headers }).end(body);
      return true;
    };
    if (pathname === "/page") {
      const policy = searchParams.has("strict") ? { "content-security-policy": STRICT } : {};
      const direction = searchParams.get("dir") ?? "ltr";
      const head = `<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Test</title><link rel="icon" href="/screens/shop/00.png">`;
      const body = `<main><h1>Replays</h1></main><script type="module" src="/support/in-page.mjs"></script>`;
      const html = `<!doctype html><html lang="en" dir="${direction}"><head>${head}</head><body>${body}</body></html>`;
      return send(200, "text/html; charset=utf-8", html, policy);
    }
    const call = /^\/api\/v1\/task\/[^/]+(?:\/(\w+))?$/.exec(pathname)?.[1] ?? (pathname.startsWith("/api/") && "task");
    if (call) {
      const { task } = controls;
      if (typeof task === "number") return send(task, "application/json", JSON.stringify({ detail: "no" }));
      const answers = {
        task,
        status: task.status,
        gif: { gif: task.gif },
        screenshots: { screenshots: task.screenshots },
      };
      if (!(call in answers)) return send(404, "application/json", JSON.stringify({ detail: "Not Found" }));
      return send(200, "application/json", JSON.stringify(answers[call]));
    }
    const bytes = files[pathname];
    if (typeof bytes === "number") return send(bytes, "text/plain", "no");
    return bytes ? send(200, TYPES[extname(pathname)], bytes) : false;
  };
  const { url, close } = await serveStatic(FOLDERS, { endpoint, headers: { "access-control-allow-origin": "*" } });
  const controls = { url: url.slice(0, -1), task: 404, close };
  return controls;
}
