// The one static file server of the scripts and tests: files by sirv, and whatever a caller answers itself.
import { createServer } from "node:http";
import sirv from "sirv";

/**
 * Serves files on the loopback interface; resolves to `{ url, close }`, `url` with a slash at its end.
 *
 * @param folders A folder for the root, or folders by the first part of the path: `{ dist: "...", screens: "..." }`.
 * @param options `port`: the first free port from it on is used, 0 is any. `endpoint(request, response)` sees each request
 *   first and returns whether it answers it. `headers` go with every file.
 */
export async function serveStatic(folders, { port = 0, endpoint = () => false, headers = {} } = {}) {
  const roots = typeof folders === "string" ? { "": folders } : folders;
  const files = new Map(Object.entries(roots).map(([name, folder]) => [name, fileHandler(folder, headers)]));
  const server = createServer(async (request, response) => {
    try {
      if (await endpoint(request, response)) return;
      if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
      const name = files.has("") ? "" : request.url.split(/[/?#]/, 2)[1];
      const handler = files.get(name);
      if (!handler) return refuse(response, 404);
      if (name !== "") request.url = request.url.slice(name.length + 1) || "/";
      handler(request, response, () => refuse(response, 404));
    } catch {
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    }
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

/** Serves one folder. It is read anew for each request, since what is served is being worked on. */
function fileHandler(folder, headers) {
  const always = { "cache-control": "no-cache", "x-content-type-options": "nosniff", ...headers };
  return sirv(folder, {
    dev: true,
    etag: false,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    },
  });
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

function refuse(response, status) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(String(status));
}
