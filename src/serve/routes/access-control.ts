import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { ApiKeys } from "../auth/api-keys.ts";
import { isLoopback } from "../auth/loopback.ts";
import { refusal } from "../http/refusal.ts";
import type { ResolvedServerOptions } from "../server-options.ts";

/**
 * Protects against requests that foreign sites make through a visitor's browser: state-changing requests from other
 * origins are refused (CSRF), and so are, while there are no keys, all requests under a foreign host name (DNS
 * rebinding).
 */
export function ownOrigin({ corsOrigins, publicUrl }: ResolvedServerOptions, keys: ApiKeys): MiddlewareHandler {
  const mine = publicUrl === undefined ? undefined : new URL(publicUrl);
  return async (c, next) => {
    const url = new URL(c.req.url);
    if (!keys.areNeeded && !isLoopback(url.hostname) && url.hostname !== mine?.hostname) {
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

/** Lets pages of the origins in `options.corsOrigins` use the API. */
export const listedOrigins = ({ corsOrigins }: ResolvedServerOptions): MiddlewareHandler =>
  cors({
    origin: [...corsOrigins],
    allowMethods: ["GET", "POST", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "If-None-Match"],
    exposeHeaders: ["ETag", "Retry-After"],
    maxAge: 600,
  });

/** Refuses API requests without a valid key, if there are keys, and forbids caches to store responses. */
export function keyHolders(keys: ApiKeys): MiddlewareHandler {
  return async (c, next) => {
    if (keys.areNeeded && !(await keys.has(c.req.header("authorization")))) {
      throw refusal(401, "Not authenticated", { "www-authenticate": "Bearer" });
    }
    await next();
    c.header("cache-control", "private, no-store");
  };
}
