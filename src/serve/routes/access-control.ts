import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import type { ApiKeys } from "../auth/api-keys.ts";
import { isLoopback } from "../auth/loopback.ts";
import { refusal } from "../http/refusal.ts";
import type { ResolvedServerOptions } from "../server-options.ts";

/**
 * Keeps other sites from using the server through the browser of somebody who can reach it: no requests that change
 * anything from a foreign page, and, while no key protects it, none under a foreign name that was made to lead here.
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

/** Lets pages of the sites that are listed use the API. */
export const listedOrigins = ({ corsOrigins }: ResolvedServerOptions): MiddlewareHandler =>
  cors({
    origin: [...corsOrigins],
    allowMethods: ["GET", "POST", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type", "If-None-Match"],
    exposeHeaders: ["ETag", "Retry-After"],
    maxAge: 600,
  });

/** The API is for the holders of keys, where there are any, and for no cache. */
export function keyHolders(keys: ApiKeys): MiddlewareHandler {
  return async (c, next) => {
    if (keys.areNeeded && !(await keys.has(c.req.header("authorization")))) {
      throw refusal(401, "Not authenticated", { "www-authenticate": "Bearer" });
    }
    await next();
    c.header("cache-control", "private, no-store");
  };
}
