import { type Context, Hono, type MiddlewareHandler, type Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { type ApiKey, hasKey, MediaSigner } from "./auth.ts";
import { describeStep, describeTask } from "./describe-task.ts";
import type { GifJobs } from "./gifs/gif-jobs.ts";
import { homeFiles, leastShots, readGifFacts } from "./gifs/gif-state.ts";
import { METRICS_TYPE, type Metrics } from "./metrics.ts";
import { EventStreams } from "./notifications/event-streams.ts";
import type { GifQueue } from "./queue/gif-queue.ts";
import { limitRate } from "./rate-limit.ts";
import { isExpired } from "./retention.ts";
import { sendFile } from "./send-file.ts";
import type { Log, ResolvedServerOptions } from "./server-options.ts";
import { isOver, type Shot, TASK_ID, type Task } from "./task.ts";
import { taskFilter } from "./task-filter.ts";
import type { Tasks } from "./tasks.ts";
import { TaskTurns } from "./uploads/task-turns.ts";
import { removeTask } from "./uploads/uploaded-task.ts";
import {
  addScreenshot,
  assertUploaded,
  createTask,
  finishTask,
  invalid,
  refusal,
  renameTask,
  requestGif,
  wholeNumber,
} from "./uploads/uploads.ts";

/** What the handlers find beside the request: the task that its path names. */
type Named = { Variables: { task: Task } };

const API = "/api/v1";
const JSON_BYTES = 64 * 1024;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const MOST_LISTED = 100;
/** Names of the dashboard's files; none begins with a dot. */
const PAGE = /^[\w@-][\w@.-]*(\/[\w@-][\w@.-]*)*$/;

/** What the routes work with. */
type Parts = {
  tasks: Tasks;
  jobs: GifJobs;
  queue: GifQueue;
  metrics: Metrics;
  /** The keys of the moment; without any, everybody who reaches the server may use it. */
  known: () => readonly ApiKey[];
  /** Aborted when the server stops. */
  signal: AbortSignal;
};

/** The documented v1 calls, their media, what takes tasks in, and the dashboard. */
export function routes(settings: ResolvedServerOptions, parts: Parts): Hono<Named> {
  const { tasks, jobs, queue, metrics, known, signal } = parts;
  const { keepDays, dashboard, log } = settings;
  const { store } = tasks;
  const publicUrl = settings.publicUrl?.replace(/\/+$/, "");
  const signer = new MediaSigner(store);
  const events = new EventStreams(log);
  const turns = new TaskTurns();
  const app = new Hono<Named>();

  app.use(logged(log));
  app.use(secureHeaders({ strictTransportSecurity: false, crossOriginResourcePolicy: "cross-origin" }));
  app.use(metrics.middleware);
  const counts = () => queue.counts().catch(() => undefined);
  app.get("/healthz", async (c) => {
    const found = await counts();
    return c.json({ status: "ok", queued: found?.waiting ?? null, queue: found ?? null });
  });
  app.get("/metrics", async (c) => c.body(metrics.text(await counts()), 200, { "content-type": METRICS_TYPE }));
  app.use(ownOrigin(settings, known));
  if (settings.corsOrigins.length > 0) {
    const allowed = {
      allowMethods: ["GET", "POST", "PATCH", "DELETE"],
      allowHeaders: ["Authorization", "Content-Type", "If-None-Match"],
    };
    app.use(
      cors({ origin: [...settings.corsOrigins], ...allowed, exposeHeaders: ["ETag", "Retry-After"], maxAge: 600 }),
    );
  }
  app.use(`${API}/*`, async (c, next) => {
    if (known().length > 0 && !(await hasKey(c.req.header("authorization"), known()))) {
      throw refusal(401, "Not authenticated", { "www-authenticate": "Bearer" });
    }
    await next();
    c.header("cache-control", "private, no-store");
  });

  // Whoever keeps a list fresh asks often, and mostly nothing has changed.
  app.get(`${API}/tasks`, etag({ weak: true }), async (c) => {
    const all: Task[] = [];
    const isWanted = taskFilter(c.req.query());
    for await (const task of tasks.all()) if (isWanted(task)) all.push(task);
    all.sort(newestFirst);
    const limit = wholeNumber(c.req.query("limit"), "limit", 1, MOST_LISTED) ?? 10;
    const page = wholeNumber(c.req.query("page"), "page", 1, 1_000_000) ?? 1;
    const shown = all.slice((page - 1) * limit, page * limit).map(async (task) => {
      const [described, screenshots] = await Promise.all([describe(task), screenshotUrls(c, task)]);
      return { ...described, screenshots };
    });
    const total_pages = Math.ceil(all.length / limit);
    return c.json({ tasks: await Promise.all(shown), total_pages, page, limit, total_count: all.length });
  });
  const small = limited(JSON_BYTES);
  app.post(`${API}/task`, small, async (c) => c.json({ id: await createTask(store, await jsonBody(c)) }));
  app.use(`${API}/task/:id/*`, named);
  app.get(`${API}/task/:id`, async (c) => {
    const { task } = c.var;
    // Clients ask no server for events that has not said that there are any.
    const events_url = `${originOf(c)}${API}/task/${task.id}/events`;
    return c.json({ ...(await describe(task)), ...(!isOver(task.record) && { events_url }) });
  });
  app.patch(`${API}/task/:id`, small, async (c) => {
    const body = await jsonBody(c);
    return c.json(await describe(await change(c, (task) => renameTask(store, task, body))));
  });
  app.delete(`${API}/task/:id`, async (c) => {
    await change(c, async (task) => {
      assertUploaded(task);
      await removeTask(store, task.id);
    });
    return c.body(null, 204);
  });
  app.get(`${API}/task/:id/status`, (c) => c.json(c.var.task.record.status ?? "created"));
  app.get(`${API}/task/:id/media`, (c) => c.json({ recordings: null }));
  app.get(`${API}/task/:id/screenshots`, async (c) => c.json({ screenshots: await screenshotUrls(c, c.var.task) }));
  app.get(`${API}/task/:id/gif`, async (c) => {
    const { task } = c.var;
    const { gif, isSettled } = await findGif(c, task);
    if (!isSettled && isOver(task.record)) await jobs.addAgain(task);
    return c.json({ gif });
  });
  app.get(`${API}/task/:id/events`, (c) =>
    events.answer(c, c.var.task.id, {
      tasks,
      signal,
      urlOf: (task, shot) => screenshotUrl(c, task, shot),
      async gifOf(task) {
        const { gif, isSettled, request } = await findGif(c, task);
        return isSettled || (await task.shots()).length < leastShots(request) ? { gif } : undefined;
      },
    }),
  );
  app.post(`${API}/task/:id/screenshot`, withinMemory(settings), limited(settings.screenshotBytes), async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const facts = c.req.query();
    const step = await change(c, (task) => addScreenshot(store, task, body, facts, settings.screenshots));
    return c.json({ step });
  });
  const limitedGifs = limitRate(queue, settings.keyLimit);
  app.post(`${API}/task/:id/finish`, limitedGifs, small, async (c) => {
    const body = await jsonBody(c);
    const { status } = await change(c, async (task) => {
      const record = await finishTask(store, task, body);
      await jobs.add(task, "background");
      return record;
    });
    return c.json({ id: c.var.task.id, status });
  });
  app.post(`${API}/task/:id/gif`, limitedGifs, small, async (c) => {
    const options = await jsonBody(c);
    await change(c, async (task) => {
      if (isExpired(task, keepDays)) throw expired();
      await requestGif(store, task, options);
      await jobs.add(task, "person");
    });
    return c.json({ gif: null }, 202);
  });

  app.get("/gifs/:id/execution.gif", mayRead, named, (c) =>
    media(c, (request) => sendFile(store, homeFiles.gif(c.var.task), request)),
  );
  app.get("/screenshots/:id/:name", mayRead, named, async (c) => {
    const shots = await c.var.task.shots();
    const shot = shots.find(({ name }) => name === c.req.param("name"));
    return media(
      c,
      async (request) => shot && sendFile({ read: (_, choose) => shot.read(choose) }, shot.name, request),
    );
  });
  app.get("*", async (c) => {
    const path = c.req.path.slice(1).replace(/(^|\/)$/, "$1index.html");
    if (!dashboard || !PAGE.test(path)) return c.notFound();
    const page = await sendFile(dashboard, path, c.req.raw);
    if (page) return page;
    // A folder: relative, since a proxy may have put something in front of the path.
    const isFolder = await dashboard.read(`${path}/index.html`, () => null);
    return isFolder ? c.redirect(`${path.split("/").at(-1)}/`) : c.notFound();
  });
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    log({ event: "error", path: c.req.path, error: error.message });
    const { code = "" } = error as Error & { code?: string };
    if (Object.hasOwn(STORE_REFUSALS, code)) return c.json({ detail: STORE_REFUSALS[code] }, 503);
    return c.json({ detail: "Internal Server Error" }, 500);
  });
  return app;

  /** Finds the task that the path names. */
  async function named(c: Context<Named>, next: Next): Promise<void> {
    const id = c.req.param("id") ?? "";
    if (!TASK_ID.test(id)) throw invalid(["path", "task_id"], "Input should be a valid task id", "task_id_parsing");
    c.set("task", await taskWith(id));
    await next();
  }

  async function taskWith(id: string): Promise<Task> {
    const task = await tasks.find(id);
    if (!task) throw refusal(404, "Task not found");
    return task;
  }

  /**
   * Changes the task that the path names, as it is by then: while the body came in, another request may have ended or
   * removed it. Whoever watches it hears of it.
   */
  async function change<T>(c: Context<Named>, act: (task: Task) => Promise<T>): Promise<T> {
    const { id } = c.var.task;
    const changed = await turns.take(id, async () => act(await taskWith(id)));
    tasks.changes.announce(id);
    return changed;
  }

  /** A task as the API tells it, with its steps. */
  async function describe(task: Task) {
    const steps = (await task.steps()).map((step) => describeStep(task.id, step));
    return { ...describeTask(task), steps };
  }

  /** The GIF of a task, if there is one now. */
  async function findGif(c: Context, task: Task) {
    const { state, isSettled, request } = await readGifFacts(store, task);
    const isReady = isSettled && state?.state === "ready" && !isExpired(task, keepDays);
    return { gif: isReady ? await mediaUrl(c, `/gifs/${task.id}/execution.gif`) : null, isSettled, request };
  }

  async function screenshotUrls(c: Context, task: Task): Promise<string[]> {
    const shots = await task.shots();
    return Promise.all(shots.map((shot) => screenshotUrl(c, task, shot)));
  }

  function originOf(c: Context): string {
    return publicUrl ?? new URL(c.req.url).origin;
  }

  function screenshotUrl(c: Context, { id }: Task, { name }: Shot): Promise<string> {
    return mediaUrl(c, `/screenshots/${id}/${name}`);
  }

  /** The address of a file, which opens it by itself where there are keys: the documented client sends none. */
  async function mediaUrl(c: Context, path: string): Promise<string> {
    return `${originOf(c)}${path}${known().length > 0 ? `?s=${await signer.sign(path)}` : ""}`;
  }

  /** Media are for those who got their address, and for whoever has a key. */
  async function mayRead(c: Context, next: Next): Promise<void> {
    const isOpen =
      known().length === 0 ||
      (await signer.isSigned(c.req.path, c.req.query("s"))) ||
      (await hasKey(c.req.header("authorization"), known()));
    if (!isOpen) throw refusal(403, "Forbidden");
    await next();
  }

  async function media(
    c: Context<Named>,
    send: (request: Request) => Promise<Response | undefined>,
  ): Promise<Response> {
    const { task } = c.var;
    if (isExpired(task, keepDays) || (await readGifFacts(store, task)).state?.state === "expired") throw expired();
    const response = await send(c.req.raw);
    if (!response) return c.notFound() as Response;
    // Nothing in it may act, should it be opened as a page.
    response.headers.set("content-security-policy", "default-src 'none'; sandbox");
    return response;
  }
}

const expired = () => refusal(410, "The media of this task have expired");

/** Tasks by when they were created, the last one first; of several at once, and of those that say nothing, by their id. */
function newestFirst(a: Task, b: Task): number {
  const createdMs = ({ record }: Task) => Date.parse(record.created_at ?? "") || Number.NEGATIVE_INFINITY;
  const [first, second] = [createdMs(a), createdMs(b)];
  if (first !== second) return first < second ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

async function jsonBody(c: Context): Promise<Record<string, unknown>> {
  const bytes = await c.req.arrayBuffer();
  let value: unknown = {};
  try {
    // A text of another encoding must not become one with wrong letters.
    if (bytes.byteLength > 0) value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid(["body"], "JSON decode error", "json_invalid");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(["body"], "Input should be a valid dictionary", "dict_type");
}

/** What a store that cannot write says, by the code of its error. */
const STORE_REFUSALS: { readonly [code: string]: string } = {
  ENOSPC: "The disk of the server is full",
  EDQUOT: "The disk of the server is full",
  EACCES: "The server may not write into its folder",
  EPERM: "The server may not write into its folder",
  EROFS: "The server may not write into its folder",
};

/** Refuses larger bodies, as soon as that shows. */
function limited(maxSize: number): MiddlewareHandler {
  const onError = () => {
    throw refusal(413, `The body is larger than ${maxSize} bytes`);
  };
  return bodyLimit({ maxSize, onError });
}

/** Lets so many bodies in as memory is meant for. One that does not say how long it is counts as the longest. */
function withinMemory({ screenshotBytes, uploadBytes }: ResolvedServerOptions): MiddlewareHandler {
  let taken = 0;
  return async (c, next) => {
    const bytes = Math.min(Number(c.req.header("content-length") ?? screenshotBytes), screenshotBytes);
    if (taken + bytes > uploadBytes) throw refusal(429, "Too many uploads at the same time", { "retry-after": "1" });
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
function ownOrigin(
  { corsOrigins, publicUrl }: ResolvedServerOptions,
  known: () => readonly ApiKey[],
): MiddlewareHandler {
  const mine = publicUrl === undefined ? undefined : new URL(publicUrl);
  return async (c, next) => {
    const url = new URL(c.req.url);
    if (known().length === 0 && !LOOPBACK.test(url.hostname) && url.hostname !== mine?.hostname) {
      throw refusal(403, "Without keys this server answers on this machine only");
    }
    const origin = c.req.header("origin") ?? url.origin;
    const isForeign = ![url.origin, mine?.origin, ...corsOrigins].includes(origin);
    if (isForeign && c.req.method !== "GET" && c.req.method !== "HEAD") {
      throw refusal(403, "This origin is not allowed");
    }
    return next();
  };
}
