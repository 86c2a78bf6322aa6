import { boolean, callable, number, oneOf, record, reject } from "../options/argument-checks.ts";
import type { TaskClientOptions } from "./client-types.ts";

/** Client options with every default in place and every value checked. */
export type ResolvedClientOptions = Pick<TaskClientOptions, "apiKey" | "getToken" | "fetch"> & {
  baseUrl: string;
  headers: [string, string][];
  allowedMediaHosts?: string[];
  credentials: RequestCredentials;
  maxBytes?: number;
  requestMs?: number;
  stallMs?: number;
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

/** Names of headers whose values are secret. */
const KEY_HEADERS = /^(authorization|cookie|x-api-key|x-browser-use-api-key)$/i;
const MOST_MS = 3_600_000;

/** Checks client options. Error messages never contain keys. @throws `TypeError` */
export function resolveClientOptions(value: TaskClientOptions): ResolvedClientOptions {
  const options = record(value, "options", NAMES) as TaskClientOptions;
  const { apiKey, getToken, credentials, maxBytes, requestTimeout, stallTimeout } = options;
  const headers = headerPairs(options.headers);
  const hasKey = apiKey !== undefined || headers.some(([name]) => KEY_HEADERS.test(name));
  if (options.dangerouslyAllowBrowser !== undefined) {
    boolean(options.dangerouslyAllowBrowser, "options.dangerouslyAllowBrowser");
  }
  if (hasKey && !isServer() && !options.dangerouslyAllowBrowser) {
    const name = apiKey === undefined ? "headers" : "apiKey";
    throw new TypeError(
      `options.${name}: a key in a browser can be read by everybody who opens the page; let your own backend add it (baseUrl), pass getToken, or set dangerouslyAllowBrowser: true`,
    );
  }
  if (apiKey !== undefined && typeof apiKey !== "string") throw new TypeError("options.apiKey: expected a string");
  if (apiKey !== undefined && getToken) throw new TypeError("options.apiKey: expected apiKey or getToken, found both");
  return {
    baseUrl: absolute(options.baseUrl),
    headers,
    ...(options.fetch && { fetch: callable(options.fetch, "options.fetch") }),
    ...(apiKey !== undefined && { apiKey }),
    ...(getToken !== undefined && { getToken: secretly(getToken, "options.getToken") }),
    ...(options.allowedMediaHosts && { allowedMediaHosts: hostList(options.allowedMediaHosts) }),
    credentials: credentials
      ? oneOf(credentials, "options.credentials", ["omit", "same-origin", "include"])
      : "same-origin",
    ...(maxBytes !== undefined && { maxBytes: number(maxBytes, "options.maxBytes", 1, 2 ** 31) }),
    ...(requestTimeout !== undefined && { requestMs: number(requestTimeout, "options.requestTimeout", 1, MOST_MS) }),
    ...(stallTimeout !== undefined && { stallMs: number(stallTimeout, "options.stallTimeout", 1, MOST_MS) }),
  };
}

/** Whether this code runs on a server (Node, Deno, Bun), where only the owner can see a key. */
export function isServer(): boolean {
  const { process, Deno, document } = globalThis as ServerGlobals;
  return document === undefined && (process?.versions?.node !== undefined || Deno !== undefined);
}

type ServerGlobals = { process?: { versions?: { node?: string } }; Deno?: unknown; document?: unknown };

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

/** Checks for a function. A key may be given by mistake, so the error message does not quote the value. */
function secretly<T>(value: T, path: string): T {
  if (typeof value === "function") return value;
  throw new TypeError(`${path}: expected a function`);
}
