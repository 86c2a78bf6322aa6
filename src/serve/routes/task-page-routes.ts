import { Hono } from "hono";
import { html } from "hono/html";
import { refusal } from "../http/refusal.ts";
import type { Task } from "../task.ts";
import { findTask, type RouteContext, type TaskEnv } from "./route-context.ts";

/**
 * Route of the page of a task, for links in chats and issues. Programs that make link previews find its poster there; people are
 * redirected to the dashboard, whose URLs have a fragment that servers do not see. Requests need a signed URL or a key.
 */
export function taskPageRoutes({ settings: { dashboard }, tasks, media }: RouteContext): Hono<TaskEnv> {
  const app = new Hono<TaskEnv>();
  if (!dashboard) return app;
  return app.get(
    "/task/:id",
    async (c, next) => {
      if (!(await media.isOpenTo(c))) throw refusal(403, "Forbidden");
      await next();
    },
    findTask(tasks),
    async (c) => {
      const { task } = c.var;
      const origin = media.originOf(c);
      const [steps, { poster }, url] = await Promise.all([
        task.steps(),
        media.gifOf(origin, task),
        media.pageOf(origin, task),
      ]);
      const title = task.record.task || "Untitled task";
      c.header("content-security-policy", "default-src 'none'");
      c.header("cache-control", "private, no-cache");
      c.header("x-robots-tag", "noindex");
      return c.html(html`<!doctype html>
<html lang="en" prefix="og: https://ogp.me/ns#">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <meta property="og:type" content="website">
    <meta property="og:site_name" content="task-gif">
    <meta property="og:title" content="${title}">
    <meta property="og:description" content="${inWords(task, steps.length)}">
    <meta property="og:url" content="${url}">
    ${
      poster &&
      html`<meta property="og:image" content="${poster}">
    <meta property="og:image:type" content="image/png">
    <meta property="og:image:alt" content="${title}">
    <meta name="twitter:card" content="summary_large_image">`
    }
    <meta http-equiv="refresh" content="0; url=../#/task/${task.id}">
  </head>
  <body>
    <p><a href="../#/task/${task.id}">${title}</a></p>
  </body>
</html>
`);
    },
  );
}

/** Describes a task in a few words: "Finished, 12 steps". */
function inWords({ record: { status = "created" } }: Task, steps: number): string {
  return `${status.charAt(0).toUpperCase()}${status.slice(1)}, ${steps} ${steps === 1 ? "step" : "steps"}`;
}
