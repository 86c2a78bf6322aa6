import type { Context } from "hono";

const KEY = /tg_[\w-]{43}/g;

/** The path of a request as the log may have it: without a key that somebody put there by mistake. */
export const loggedPath = (c: Context): string => c.req.path.replace(KEY, "tg_…");
