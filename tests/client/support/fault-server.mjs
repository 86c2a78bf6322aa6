// Real HTTP servers on the loopback interface that answer, stall, break off, lie and redirect as a script says.
// Four origins: `api`, `media`, `foreign` (which must never see a key) and `home`, from where pages are served.
import { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { FILES } from "./files.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PAGE = '<!doctype html><meta charset="utf-8"><title>client</title><link rel="icon" href="data:,">';
const TAG = /[?&]request=(\d+)/;
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/**
 * Starts the four servers: `{ origins, requests, events, script, release, close }`.
 *
 * A script has lists of answers for `gif`, `task`, `status`, `screenshots` and `media`; the last one of a list is
 * repeated. A request may carry a number in its query, `request=7`, which redirects pass on. `events` tells of numbered
 * requests that are being kept waiting: `["hold", number, ms]`, and `["stall", number, bytes sent so far]`.
 */
export async function startFaultServer() {
  const world = new World();
  const start = (host, listener) => listen(host, (request, response) => listener(world, request, response));
  const servers = await Promise.all([
    start("127.0.0.1", answerApi),
    start("127.0.0.1", answerMedia),
    start("localhost", answerForeign),
    start("127.0.0.1", answerHome),
  ]);
  const [api, media, foreign, home] = servers.map(({ url }) => url);
  world.origins = { api, media, foreign, home };
  world.close = () => Promise.all(servers.map(({ close }) => close()));
  return world;
}

class World {
  events = new EventEmitter().setMaxListeners(0);
  requests = [];
  origins = {};
  #lists = {};
  #held = new Map();
  #waiting = new Set();

  /** Takes a new script and forgets what was asked before; whoever still waits for an answer gets none. */
  script(lists) {
    this.#lists = structuredClone(lists);
    this.requests.length = 0;
    this.#held.clear();
    for (const response of this.#waiting) response.destroy();
    this.#waiting.clear();
  }

  /** Lets a held request go on. */
  release(number) {
    this.#held.get(number)?.();
    this.#held.delete(number);
  }

  /** Notes a request and finds its answer. */
  take(origin, name, request) {
    const { method, rawHeaders } = request;
    const url = request.url.replace(TAG, "");
    this.requests.push({ origin, name, method, url, headers: rawHeaders.join("\n") });
    const list = this.#lists[name] ?? [];
    return (
      (list.length > 1 ? list.shift() : list[0]) ?? { do: "json", status: 500, body: { detail: "not in the script" } }
    );
  }

  /** Does what an answer says. */
  async play(answer, request, response) {
    const number = numberOf(request);
    const kept = (event, detail) => {
      this.#waiting.add(response);
      response.once("close", () => this.#waiting.delete(response));
      this.events.emit("event", [event, number, detail]);
    };
    switch (answer.do) {
      case "json":
        return this.#json(answer, request, response);
      case "reset":
        return request.socket.destroy();
      case "stall":
        return kept("stall", 0);
      case "hold":
        kept("hold", answer.ms);
        await new Promise((resolve) => this.#held.set(number, resolve));
        return response.destroyed ? undefined : this.play(answer.answer, request, response);
      case "redirect":
        return response.writeHead(answer.status ?? 302, cors({ location: this.#target(answer.to, number) })).end();
      case "file":
        return this.#file(answer, request, response, kept);
      default:
        throw new Error(`there is no answer "${answer.do}"`);
    }
  }

  #fill(text) {
    return text.replace(/\{(api|media|foreign)\}/g, (_, name) => this.origins[name]);
  }

  #target(text, number) {
    const url = this.#fill(text);
    if (number === undefined || url.startsWith("javascript:")) return url;
    return `${url}${url.includes("?") ? "&" : "?"}request=${number}`;
  }

  #json({ status = 200, body, headers = {}, open = true }, request, response) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const all = { "content-type": "application/json", ...headers };
    const sent = `${request.headers.authorization} ${request.headers["x-team"]}`;
    response.writeHead(status, open ? cors(all) : all).end(this.#fill(text).replace("{sent}", sent));
  }

  async #file(answer, request, response, kept) {
    const {
      name = "gif",
      status = 200,
      type = "image/gif",
      length = "right",
      cut,
      stall,
      headers = {},
      open = true,
    } = answer;
    const bytes = FILES[name];
    const all = { ...(type && { "content-type": type }), ...headers };
    if (length !== "none") all["content-length"] = length === "right" ? bytes.length : length;
    response.writeHead(status, open ? cors(all) : all);
    if (request.method === "HEAD") return response.end();
    const end = cut ?? stall;
    if (end === undefined) return response.end(bytes);
    // Headers and the first bytes must be on their way before the line breaks, or the client sees neither.
    const start = bytes.subarray(0, Math.max(1, end));
    await new Promise((resolve) => response.write(start, resolve));
    if (cut === undefined) return kept("stall", start.length);
    setImmediate(() => request.socket.destroy());
  }
}

/** The number a request carries, if it does. */
function numberOf({ url }) {
  const [, digits] = TAG.exec(url) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function cors(headers) {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "retry-after, date",
    ...headers,
  };
}

function answerApi(world, request, response) {
  if (preflight(request, response)) return;
  const [, call] = /^\/api\/v1\/task\/[^/]+(?:\/(gif|status|screenshots))?$/.exec(request.url.replace(TAG, "")) ?? [];
  void world.play(world.take("api", call ?? "task", request), request, response);
}

function answerMedia(world, request, response) {
  if (preflight(request, response)) return;
  void world.play(world.take("media", "media", request), request, response);
}

/** Answers everything in the most inviting way. */
function answerForeign(world, request, response) {
  world.take("foreign", "foreign", request);
  response.writeHead(200, cors({ "content-type": "image/gif", "access-control-allow-headers": "*, authorization" }));
  response.end(FILES.gif);
}

function preflight(request, response) {
  if (request.method !== "OPTIONS") return false;
  const allowed = { "access-control-allow-headers": "authorization, x-team", "access-control-max-age": "600" };
  response.writeHead(204, cors(allowed)).end();
  return true;
}

/** The page, the built package, the support files, and what a page has to know of the other servers. */
function answerHome(world, request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname === "/") return response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
  if (pathname === "/events") {
    const tell = (event) => response.write(`${JSON.stringify(event)}\n`);
    // Firefox has no answer before its first bytes are there.
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    tell(["hello"]);
    world.events.on("event", tell);
    return response.once("close", () => world.events.off("event", tell));
  }
  if (pathname.startsWith("/release/")) {
    world.release(Number(pathname.slice("/release/".length)));
    return response.writeHead(204).end();
  }
  const path = join(ROOT, normalize(pathname));
  const isPublic = /^\/(dist|tests\/client\/support)\//.test(normalize(pathname));
  if (!isPublic || !existsSync(path)) return response.writeHead(404, { "content-type": "text/plain" }).end("404");
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
  response.end(readFileSync(path));
}

async function listen(host, listener) {
  const server = createServer((request, response) => {
    // A browser asks a second time on a kept connection that breaks, which would blur what is counted; and nothing is
    // answered on a connection whose last answer is still kept open.
    response.setHeader("connection", "close");
    listener(request, response);
  });
  await new Promise((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
