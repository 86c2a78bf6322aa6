// Keeps the page for when there is no network: its own files by build, and the tasks that were looked at, be they files
// or what an endpoint beside the page tells without a key. Everything else passes by untouched.

/** Files of this build, and its name; the build writes both above this script. */
declare const FILES: string[];
declare const BUILD: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = "task-gif-";
const PAGE = `${PREFIX}page-${BUILD}`;
const TASKS = `${PREFIX}tasks`;
const base = new URL("./", worker.location.href);
/** Tasks and their screenshots, below the page: as files, and as calls and media of an endpoint. */
const TASK_PATH = /^(tasks\/.|screenshots\/.|api\/v1\/(tasks|task\/[\w-]+(\/screenshots)?)$)/;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PAGE).then((cache) => cache.addAll(FILES.map(fresh))));
});

// A newer build takes over when the last page of the older one is closed, so that no page ever mixes the two.
worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  if (request.method !== "GET" || path === undefined) return;
  if (request.mode === "navigate" && (path === "" || path === "index.html"))
    event.respondWith(networkFirst(request, PAGE));
  else if (path.startsWith("assets/")) event.respondWith(cacheFirst(request, PAGE));
  else if (isTask(request)) event.respondWith(networkFirst(request, TASKS));
  else if (FILES.includes(path)) event.respondWith(networkFirst(request, PAGE));
});

// The first visit loads things before there is a worker to keep them; the page then names them.
worker.addEventListener("message", (event: ExtendableMessageEvent) => {
  const urls = (event.data as { keep?: unknown }).keep;
  if (!Array.isArray(urls)) return;
  const wanted = urls.filter((url) => typeof url === "string").map((url) => new Request(url));
  event.waitUntil(
    caches.open(TASKS).then((cache) => Promise.allSettled(wanted.filter(isTask).map((request) => cache.add(request)))),
  );
});

/** The path of an address below the page, without its query; `undefined` for all others. */
function pathOf(address: string): string | undefined {
  const { origin, pathname } = new URL(address, base);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return undefined;
  return pathname.slice(base.pathname.length);
}

/** What needs a key is not kept: the next person at this machine may have none. */
function isTask({ url, headers }: Request): boolean {
  return TASK_PATH.test(pathOf(url) ?? "") && !headers.has("authorization");
}

/** Names of assets carry a hash; what has a fixed name must not come out of an older cache of the browser. */
function fresh(file: string): Request {
  return new Request(new URL(file, base), file.startsWith("assets/") ? {} : { cache: "no-cache" });
}

async function cacheFirst(request: Request, name: string): Promise<Response> {
  return (await caches.match(request)) ?? keep(await fetch(request), request, name);
}

async function networkFirst(request: Request, name: string): Promise<Response> {
  try {
    return await keep(await fetch(request), request, name);
  } catch (error) {
    const kept = await caches.match(request.mode === "navigate" ? base : request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

async function keep(response: Response, request: Request, name: string): Promise<Response> {
  if (response.ok && response.type === "basic") {
    const copy = response.clone();
    const cache = await caches.open(name);
    // A full disk is no reason to go without an answer.
    await cache.put(request, copy).catch(() => {});
  }
  return response;
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== PAGE && name !== TASKS);
  await Promise.all(older.map((name) => caches.delete(name)));
}
