import { boolean, callable, number, oneOf, record, reject } from "../checks.ts";
import { awake } from "./page.ts";
import type { TaskClientOptions } from "./types.ts";

/** What the wasm side of the client takes. */
export type ApiConfig = {
  baseUrl: string;
  headers: [string, string][];
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  token?: (renew: boolean) => Promise<string | null | undefined>;
  apiKey?: string;
  allowedMediaHosts?: string[];
  credentials: RequestCredentials;
  maxBytes?: number;
  requestMs?: number;
  stallMs?: number;
  /** Whether addresses inside this network are out of bounds; pages are kept from them by the browser. */
  refusePrivate: boolean;
  /** Addresses of a host, where that can be known. */
  resolve?: (host: string) => Promise<string[]>;
  /** Whether redirects of files are followed by `fetch` itself, since a page cannot see where they lead. */
  follow: boolean;
  /** Whether a request that may not be read still tells whether the host is there. */
  canProbe: boolean;
  awake: () => Promise<void>;
};

const NAMES = [
  "baseUrl",
  "getToken",
  "apiKey",
  "dangerouslyAllowBrowser",
  "headers",
  "credentials",
  "fetch",
  "allowedMediaHosts",
  "maxBytes",
  "requestTimeout",
  "stallTimeout",
];

/** Headers whose values are keys. */
const KEY_HEADERS = /^(authorization|cookie|x-api-key|x-browser-use-api-key)$/i;
const LOOPBACK = /^http:\/\/([a-z0-9.-]*localhost|127\.|\[::1\])/i;
const MOST_MS = 3_600_000;

/** Checks options and fills in what depends on the surroundings. Keys are in no message. */
export function resolveSettings(given: TaskClientOptions): ApiConfig {
  const options = record(given, "options", NAMES) as TaskClientOptions;
  const { apiKey, getToken, credentials, maxBytes, requestTimeout, stallTimeout } = options;
  const server = serverRuntime();
  const headers = headerPairs(options.headers);
  const hasKey = apiKey !== undefined || headers.some(([name]) => KEY_HEADERS.test(name));
  if (options.dangerouslyAllowBrowser !== undefined) {
    boolean(options.dangerouslyAllowBrowser, "options.dangerouslyAllowBrowser");
  }
  if (hasKey && !server && !options.dangerouslyAllowBrowser) {
    const name = apiKey === undefined ? "headers" : "apiKey";
    throw new TypeError(
      `options.${name}: a key in a browser can be read by everybody who opens the page; let your own backend add it (baseUrl), pass getToken, or set dangerouslyAllowBrowser: true`,
    );
  }
  if (apiKey !== undefined && typeof apiKey !== "string") throw new TypeError("options.apiKey: expected a string");
  if (apiKey !== undefined && getToken) throw new TypeError("options.apiKey: expected apiKey or getToken, found both");
  const baseUrl = absolute(options.baseUrl);
  return {
    baseUrl,
    headers,
    fetch: checkedFetch(options.fetch && callable(options.fetch, "options.fetch")),
    ...(apiKey !== undefined && { apiKey }),
    ...(getToken !== undefined && { token: singleFlight(secretly(getToken, "options.getToken")) }),
    ...(options.allowedMediaHosts && { allowedMediaHosts: hostList(options.allowedMediaHosts) }),
    credentials: credentials
      ? oneOf(credentials, "options.credentials", ["omit", "same-origin", "include"])
      : "same-origin",
    ...(maxBytes !== undefined && { maxBytes: number(maxBytes, "options.maxBytes", 1, 2 ** 31) }),
    ...(requestTimeout !== undefined && { requestMs: number(requestTimeout, "options.requestTimeout", 1, MOST_MS) }),
    ...(stallTimeout !== undefined && { stallMs: number(stallTimeout, "options.stallTimeout", 1, MOST_MS) }),
    refusePrivate: server !== undefined,
    follow: server === undefined,
    canProbe: server === undefined,
    ...(server?.lookup && { resolve: server.lookup }),
    // A server on this machine is there even when the machine is offline.
    awake: () => awake(!LOOPBACK.test(baseUrl)),
  };
}

type Lookup = (host: string) => Promise<string[]>;
type Dns = { lookup(host: string, options: { all: true }): Promise<{ address: string }[]> };
type ServerGlobals = {
  process?: { versions?: { node?: string }; getBuiltinModule?: (name: string) => unknown };
  Deno?: unknown;
  document?: unknown;
};

/** Node and its kin: no page and no CORS, but a network of their own that addresses from outside must not reach. */
function serverRuntime(): { lookup?: Lookup } | undefined {
  const { process, Deno, document } = globalThis as ServerGlobals;
  if (document !== undefined || (!process?.versions?.node && !Deno)) return undefined;
  const dns = process?.getBuiltinModule?.("node:dns/promises") as Dns | undefined;
  if (!dns) return {};
  return { lookup: async (host) => (await dns.lookup(host, { all: true })).map(({ address }) => address) };
}

function absolute(baseUrl: unknown): string {
  const text = baseUrl instanceof URL ? baseUrl.href : baseUrl;
  if (typeof text !== "string" || text === "")
    return reject("options.baseUrl", "an address such as https://host/api/v1", baseUrl);
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  const page = (globalThis as { location?: { href?: string } }).location?.href;
  if (!page || !URL.canParse(text, page)) return reject("options.baseUrl", "an absolute address", text);
  return new URL(text, page).href;
}

function headerPairs(headers: unknown): [string, string][] {
  if (headers === undefined) return [];
  if (typeof headers !== "object" || headers === null) throw new TypeError("options.headers: expected an object");
  return Object.entries(headers).map(([name, value]) => {
    if (typeof value !== "string") throw new TypeError(`options.headers.${name}: expected a string`);
    return [name, value];
  });
}

function hostList(hosts: readonly string[]): string[] {
  if (!Array.isArray(hosts)) return reject("options.allowedMediaHosts", "an array of hosts", hosts);
  return hosts.map((host, i) =>
    typeof host === "string"
      ? host
      : reject(`options.allowedMediaHosts[${i}]`, "a host such as media.example.com", host),
  );
}

/** A function that may stand where a key was meant, so that what is there is not quoted. */
function secretly<T>(value: T, path: string): T {
  if (typeof value === "function") return value;
  throw new TypeError(`${path}: expected a function`);
}

/** The global `fetch` is looked up at every call, so that it can be replaced; an injected one has to give a response. */
function checkedFetch(given: typeof fetch | undefined): ApiConfig["fetch"] {
  return async (url, init) => {
    const response = await (given ?? globalThis.fetch)(url, init);
    if (typeof response?.status === "number" && typeof response.headers?.get === "function") return response;
    throw new TypeError("options.fetch: expected a promise of a Response");
  };
}

/** However many calls find out at once that their token has run out, it is renewed once. */
function singleFlight(getToken: NonNullable<TaskClientOptions["getToken"]>): NonNullable<ApiConfig["token"]> {
  let running: Promise<string | null | undefined> | undefined;
  return (renew) => {
    running ??= (async () => getToken({ renew }))().finally(() => {
      running = undefined;
    });
    return running;
  };
}
