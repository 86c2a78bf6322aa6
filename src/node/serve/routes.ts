import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { type ApiKey, hasKey, type MediaSigner } from "./access.ts";
import { addScreenshot, createTask, finishTask, invalid, Refusal, wishGif } from "./ingest.ts";
import { sendFile } from "./media.ts";
import type { GifQueue, Log } from "./queue.ts";
import { isExpired } from "./retention.ts";
import type { ServerOptions } from "./server.ts";
import type { Store } from "./store.ts";
import { factsOf, gifOf, isOver, keys, type StoredTask, shotsOf, TASK_ID, type TaskFinder } from "./tasks.ts";

/** What the routes work with. */
export type RouteParts = Pick<ServerOptions, "publicUrl" | "dashboard"> &
  Required<Pick<ServerOptions, "corsOrigins" | "screenshotBytes" | "screenshots" | "uploadBytes" | "log">> & {
    store: Store;
    finder: TaskFinder;
    queue: GifQueue;
    signer: MediaSigner;
    /** The keys of the moment; without any, everybody who reaches the server may use it. */
    keys: () => readonly ApiKey[];
    keepMs: number;
  };

const API = "/api/v1";
const JSON_BYTES = 64 * 1024;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MOST_LISTED = 100;

/** The documented v1 calls, their media, what takes tasks in, and the dashboard. */
export function routes(parts: RouteParts): Hono {
  const { store, finder, queue, signer, keepMs } = parts;
  const app = new Hono();

  app.use(logged(parts.log));
  app.use(secureHeaders({ strictTransportSecurity: false, crossOriginResourcePolicy: "cross-origin" }));
  app.get("/healthz", (c) => c.json({ status: "ok", queued: queue.length }));
  app.use(ownOrigin(parts));
  if (parts.corsOrigins.length > 0) {
    const origin = [...parts.corsOrigins];
    app.use(
      cors({ origin, allowMethods: ["GET", "POST"], allowHeaders: ["Authorization", "Content-Type"], maxAge: 600 }),
    );
  }
  app.use(`${API}/*`, async (c, next) => {
    const known = parts.keys();
    if (known.length > 0 && !(await hasKey(c.req.header("authorization"), known))) {
      return c.json({ detail: "Not authenticated" }, 401, { "www-authenticate": "Bearer" });
    }
    await next();
    c.header("cache-control", "private, no-store");
  });

  app.get(`${API}/tasks`, async (c) => {
    const all: StoredTask[] = [];
    for await (const task of finder.all()) all.push(task);
    const createdAt = ({ record }: StoredTask) => record.created_at ?? "";
    all.sort((a, b) => (createdAt(a) < createdAt(b) ? 1 : -1));
    const limit = positive(c.req.query("limit"), 10, MOST_LISTED, "limit");
    const page = positive(c.req.query("page"), 1, 1_000_000, "page");
    const shown = await Promise.all(
      all.slice((page - 1) * limit, page * limit).map(async (task) => ({
        ...(await describe(task)),
        screenshots: await screenshotUrls(c, task),
      })),
    );
    return c.json({ tasks: shown, total_pages: Math.ceil(all.length / limit), page, limit, total_count: all.length });
  });
  const small = limited(JSON_BYTES);
  app.post(`${API}/task`, small, async (c) => c.json({ id: await createTask(store, await jsonBody(c)) }));
  app.get(`${API}/task/:id`, async (c) => c.json(await describe(await taskOf(c))));
  app.get(`${API}/task/:id/status`, async (c) => c.json((await taskOf(c)).record.status ?? "created"));
  app.get(`${API}/task/:id/media`, async (c) => {
    await taskOf(c);
    return c.json({ recordings: null });
  });
  app.get(`${API}/task/:id/screenshots`, async (c) => {
    return c.json({ screenshots: await screenshotUrls(c, await taskOf(c)) });
  });
  app.get(`${API}/task/:id/gif`, async (c) => {
    const { id, folder, record } = await taskOf(c);
    const { state, isSettled } = await gifOf(store, folder);
    const isReady = isSettled && state?.state === "ready" && !isExpired({ record }, keepMs);
    if (!isSettled && isOver(record)) queue.add(folder);
    return c.json({ gif: isReady ? await mediaUrl(c, `/gifs/${id}/execution.gif`) : null });
  });
  const uploads = [withinMemory(parts), limited(parts.screenshotBytes)] as const;
  app.post(`${API}/task/:id/screenshot`, ...uploads, async (c) => {
    const task = await taskOf(c);
    const body = new Uint8Array(await c.req.arrayBuffer());
    return c.json({ step: await addScreenshot(store, task, body, c.req.query(), parts.screenshots) });
  });
  app.post(`${API}/task/:id/finish`, small, async (c) => {
    const task = await taskOf(c);
    const { status } = await finishTask(store, task, await jsonBody(c));
    queue.add(task.folder, true);
    return c.json({ id: task.id, status });
  });
  app.post(`${API}/task/:id/gif`, small, async (c) => {
    const task = await taskOf(c);
    if (isExpired(task, keepMs)) throw new Refusal(410, "The media of this task have expired");
    await wishGif(store, task, await jsonBody(c));
    queue.add(task.folder, true);
    return c.json({ gif: null }, 202);
  });

  app.get("/gifs/:id/execution.gif", async (c) => media(c, async ({ folder }) => keys.gif(folder)));
  app.get("/screenshots/:id/:name", async (c) =>
    media(c, async (task) => {
      const names = await store.list(task.folder);
      const shot = shotsOf(task, names).find(
        ({ number, extension }) => `step_${number}.${extension}` === c.req.param("name"),
      );
      return shot && keys.file(task.folder, shot.file);
    }),
  );
  if (parts.dashboard) {
    const { dashboard } = parts;
    app.get("*", async (c) => {
      const path = c.req.path.slice(1) || "index.html";
      const isSafe = /^[\w@.-]+(\/[\w@.-]+)*$/.test(path) && !path.split("/").some((part) => part.startsWith("."));
      return (isSafe && (await sendFile(dashboard, path, c.req.raw))) || c.json({ detail: "Not Found" }, 404);
    });
  }
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) {
      return c.json({ detail: error.detail }, error.status, error.status === 429 ? { "retry-after": "1" } : {});
    }
    parts.log({ event: "error", path: c.req.path, error: error.message });
    return c.json({ detail: "Internal Server Error" }, 500);
  });
  return app;

  async function taskOf(c: Context): Promise<StoredTask> {
    const id = c.req.param("id") ?? "";
    if (!TASK_ID.test(id)) throw invalid(["path", "task_id"], "Input should be a valid task id", "task_id_parsing");
    const task = await finder.find(id);
    if (!task) throw new Refusal(404, "Task not found");
    return task;
  }

  /** A task as the API tells it; it says nothing of screenshots. */
  async function describe(task: StoredTask) {
    const { id, record } = task;
    const facts = await factsOf(store, task, await store.list(task.folder));
    const steps = [...facts].map(([step, { id: stepId, evaluation_previous_goal, next_goal, url }]) => ({
      id: stepId ?? `${id}-${step}`,
      step,
      evaluation_previous_goal: evaluation_previous_goal ?? null,
      next_goal: next_goal ?? null,
      url: url ?? null,
    }));
    const { task: text = "", status = "created", output = null, created_at = null, finished_at = null } = record;
    return { id, task: text, status, output, created_at, finished_at, steps };
  }

  async function screenshotUrls(c: Context, task: StoredTask): Promise<string[]> {
    const shots = shotsOf(task, await store.list(task.folder));
    const paths = shots.map(({ number, extension }) => `/screenshots/${task.id}/step_${number}.${extension}`);
    return Promise.all(paths.map((path) => mediaUrl(c, path)));
  }

  /** The address of a file, which opens it by itself where there are keys: the documented client sends none. */
  async function mediaUrl(c: Context, path: string): Promise<string> {
    const base = parts.publicUrl ?? new URL(c.req.url).origin;
    return `${base}${path}${parts.keys().length > 0 ? `?s=${await signer.sign(path)}` : ""}`;
  }

  async function media(c: Context, find: (task: StoredTask) => Promise<string | undefined>): Promise<Response> {
    const known = parts.keys();
    const mayRead =
      known.length === 0 ||
      (await signer.isSigned(c.req.path, c.req.query("s"))) ||
      (await hasKey(c.req.header("authorization"), known));
    if (!mayRead) throw new Refusal(403, "Forbidden");
    const task = await taskOf(c);
    const isGone = isExpired(task, keepMs) || (await gifOf(store, task.folder)).state?.state === "expired";
    if (isGone) throw new Refusal(410, "The media of this task have expired");
    const key = await find(task);
    const response = key && (await sendFile(store, key, c.req.raw));
    if (!response) throw new Refusal(404, "Not Found");
    // Nothing in it may act, should it be opened as a page.
    response.headers.set("content-security-policy", "default-src 'none'; sandbox");
    return response;
  }
}

async function jsonBody(c: Context): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  let value: unknown = {};
  try {
    if (text !== "") value = JSON.parse(text);
  } catch {
    throw invalid(["body"], "JSON decode error", "json_invalid");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(["body"], "Input should be a valid dictionary", "dict_type");
}

/** Refuses larger bodies, as soon as that shows. */
function limited(maxSize: number): MiddlewareHandler {
  const onError = () => {
    throw new Refusal(413, `The body is larger than ${maxSize} bytes`);
  };
  return bodyLimit({ maxSize, onError });
}

/** Lets so many bodies in as memory is meant for. One that does not say how long it is counts as the longest. */
function withinMemory({ screenshotBytes, uploadBytes }: RouteParts): MiddlewareHandler {
  let taken = 0;
  return async (c, next) => {
    const bytes = Math.min(Number(c.req.header("content-length") ?? screenshotBytes), screenshotBytes);
    if (taken + bytes > uploadBytes) throw new Refusal(429, "Too many uploads at the same time");
    taken += bytes;
    try {
      await next();
    } finally {
      taken -= bytes;
    }
  };
}

/** One line a request. Queries may hold signatures, and headers keys: neither is in it. */
function logged(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const since = performance.now();
    await next();
    const ms = Math.round((performance.now() - since) * 10) / 10;
    log({ event: "request", method: c.req.method, path: c.req.path, status: c.res.status, ms });
  };
}

/**
 * Keeps other sites from using the server through the browser of somebody who can reach it: no requests that change
 * anything from a foreign page, and, while no key protects it, none under a foreign name that was made to lead here.
 */
function ownOrigin({ keys: known, corsOrigins, publicUrl }: RouteParts): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const mine = publicUrl === undefined ? undefined : new URL(publicUrl);
    if (known().length === 0 && !LOOPBACK.test(url.hostname) && url.hostname !== mine?.hostname) {
      throw new Refusal(403, "Without keys this server answers on this machine only");
    }
    const origin = c.req.header("origin");
    const isForeign =
      origin !== undefined && origin !== url.origin && origin !== mine?.origin && !corsOrigins.includes(origin);
    if (isForeign && c.req.method !== "GET" && c.req.method !== "HEAD") {
      throw new Refusal(403, "This origin is not allowed");
    }
    return next();
  };
}

function positive(given: string | undefined, fallback: number, most: number, name: string): number {
  if (given === undefined) return fallback;
  if (/^[1-9]\d{0,6}$/.test(given) && Number(given) <= most) return Number(given);
  throw invalid(["query", name], `Input should be a whole number from 1 to ${most}`, "int_parsing");
}
