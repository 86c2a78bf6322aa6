import { currentPlatform } from "../platform/platform.ts";
import { isServer, type ResolvedClientOptions } from "./client-options.ts";
import { untilVisibleAndOnline } from "./page-visibility.ts";

/** The configuration of the wasm client. */
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
  /** Whether private addresses are refused; in pages, the browser does so. */
  refusePrivate: boolean;
  /** Resolves a host name, on platforms that can. */
  resolve?: (host: string) => Promise<string[]>;
  /** Whether redirects of files are followed by `fetch` itself, since a page cannot see where they lead. */
  follow: boolean;
  /** Whether a `no-cors` request can tell if a host answers. */
  canProbe: boolean;
  awake: () => Promise<void>;
};

const LOOPBACK = /^http:\/\/([a-z0-9.-]*localhost|127\.|\[::1\])/i;

/** Adds the fields that depend on the platform. */
export function configFor({ fetch, getToken, ...options }: ResolvedClientOptions): ApiConfig {
  const server = isServer();
  const resolve = server ? currentPlatform().resolveHost : undefined;
  return {
    ...options,
    fetch: checkedFetch(fetch),
    ...(getToken && { token: singleFlight(getToken) }),
    // A server has no CORS, and URLs from outside must not reach its private network.
    refusePrivate: server,
    follow: !server,
    canProbe: !server,
    ...(resolve && { resolve }),
    // A server on this machine can be reached even if the machine is offline.
    awake: () => untilVisibleAndOnline(!LOOPBACK.test(options.baseUrl)),
  };
}

/**
 * The global `fetch` is looked up at every call, so that it can be replaced; an injected one must return a response.
 */
function checkedFetch(custom: typeof fetch | undefined): ApiConfig["fetch"] {
  return async (url, init) => {
    const response = await (custom ?? globalThis.fetch)(url, init);
    if (typeof response?.status === "number" && typeof response.headers?.get === "function") return response;
    throw new TypeError("options.fetch: expected a promise of a Response");
  };
}

/** Renews the token once, even if several calls need a new one at the same time. */
function singleFlight(getToken: NonNullable<ResolvedClientOptions["getToken"]>): NonNullable<ApiConfig["token"]> {
  let running: Promise<string | null | undefined> | undefined;
  return (renew) => {
    running ??= (async () => getToken({ renew }))().finally(() => {
      running = undefined;
    });
    return running;
  };
}
