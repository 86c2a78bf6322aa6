// A backend that keeps the key: signed-in users see the GIFs of their own tasks, and no browser ever sees the key.
//
//   BROWSER_USE_API_KEY=... node proxy.mjs
//
// In the page: new TaskClient({ baseUrl: "/api/v1", allowedMediaHosts: ["media.browser-use.com"] })
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const ROUTE = /^\/api\/v1\/task\/([A-Za-z0-9_-]{1,128})(\/(?:gif|status|screenshots))?$/;
const TIMEOUT_MS = 15_000;
const MAX_BYTES = 16_000_000;

/**
 * A request listener for `node:http`. `userOf(request)` resolves to the signed-in user or null, `ownsTask(user, taskId)`
 * to whether the task is theirs; both are yours to write, since only you know your users.
 */
export function createProxy({ upstream, key, userOf, ownsTask, fetch = globalThis.fetch }) {
  return async (request, response) => {
    try {
      const [, taskId, call = ""] = ROUTE.exec(request.url ?? "") ?? [];
      if (request.method !== "GET") return refuse(response, 405, "Method not allowed");
      if (!taskId) return refuse(response, 404, "Not found");
      const user = await userOf(request);
      if (!user) return refuse(response, 401, "Sign in first");
      // The same answer as for a task that does not exist: ids of others are not to be guessed.
      if (!(await ownsTask(user, taskId))) return refuse(response, 404, "Task not found");
      const answer = await fetch(`${upstream}/task/${taskId}${call}`, {
        headers: { accept: "application/json", authorization: `Bearer ${key}` },
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      // The user has no part in it when the key is wrong, and must not be asked to sign in again.
      if (answer.status === 401) return refuse(response, 502, "The task API refused this server");
      send(response, answer.status, await read(answer), answer.headers.get("retry-after"));
    } catch {
      // The reason may name the upstream or hold the key: it stays here.
      refuse(response, 502, "The task API could not be reached");
    }
  };
}

async function read(answer) {
  if (Number(answer.headers.get("content-length")) > MAX_BYTES) throw new Error("too large");
  const text = await answer.text();
  JSON.parse(text);
  return text;
}

function refuse(response, status, detail) {
  send(response, status, JSON.stringify({ detail }));
}

function send(response, status, body, retryAfter) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "private, no-store",
    ...(retryAfter && { "retry-after": retryAfter }),
  });
  response.end(body);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const key = process.env.BROWSER_USE_API_KEY;
  if (!key) throw new Error("BROWSER_USE_API_KEY is not set");
  const upstream = process.env.TASK_API ?? "https://api.browser-use.com/api/v1";
  // Put your session check and your table of tasks here; until then nobody gets through.
  const proxy = createProxy({ upstream, key, userOf: async () => null, ownsTask: async () => false });
  createServer(proxy).listen(8787, "127.0.0.1", () => console.log("http://127.0.0.1:8787/api/v1"));
}
