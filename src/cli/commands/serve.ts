import type { Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { posterInThread } from "../../node/poster-thread.ts";
import { openQueue } from "../../node/queue/bullmq-queue.ts";
import { workInBackground } from "../../node/thread-priority.ts";
import { addKey, readKeys } from "../../serve/auth/api-keys.ts";
import { isLoopback } from "../../serve/auth/loopback.ts";
import { createTaskServer } from "../../serve/server.ts";
import { SERVER_DEFAULTS } from "../../serve/server-options.ts";
import { describeStoreSummary } from "../../serve/stores/store-summary.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { GIF_FLAGS, gifOptionsFrom } from "../gif-flags.ts";
import { openDashboard, openSharedStore, STORE_FLAGS, STORE_NOTES } from "../open-store.ts";
import { type OwnFlag, parseServiceLine, variableOf, wholeNumber } from "../parse-args.ts";
import { listen, log, PUBLIC_URL_FLAG, publicUrlIn, untilStopped } from "../service/http-server.ts";
import { WEBHOOK_FLAGS, webhookFrom } from "../service/webhook-flags.ts";
import { writeStdout } from "../write-output.ts";

const DEFAULT_PORT = 4173;
/** Number of further ports that are tried if no port is given and the default one is taken. */
const MORE_PORTS = 20;
/**
 * Time in ms that the start line waits for the summary of the folder. If large records take longer, it is printed
 * later.
 */
const SUMMARY_MS = 2000;

const OWN = {
  port: { short: "p", value: "N", help: `port; default the first free one from ${DEFAULT_PORT} on, 0 is any free one` },
  host: { value: "HOST", help: "address to listen on; default localhost, which only this machine reaches" },
  "public-url": PUBLIC_URL_FLAG,
  "cors-origin": { value: "ORIGIN", multiple: true, help: "another site whose pages may use the API; may be repeated" },
  "keep-days": {
    value: "N",
    help: `days that media are kept after a task, or forever; default ${SERVER_DEFAULTS.keepDays}`,
  },
  workers: { value: "N", help: `worker threads that make GIFs; default ${SERVER_DEFAULTS.workers}` },
  queue: {
    value: "URL",
    help: "redis://HOST:PORT where jobs wait for task-gif work; default: it makes the GIFs itself",
  },
  "key-limit": { value: "N", help: "GIFs that one key may ask for in a minute; default as many as it likes" },
  dashboard: { value: "DIR", help: "files of the dashboard; default: those of the package" },
  "new-key": { value: "NAME", help: "make a key, print it, and end; only its hash is kept in DIR" },
  ...GIF_FLAGS,
  ...WEBHOOK_FLAGS,
  ...STORE_FLAGS,
  quiet: { short: "q", help: "no log" },
} satisfies Record<string, OwnFlag>;

/** `task-gif serve`: implements the task endpoint for a folder or bucket of tasks. */
export const serve: Command = {
  summary: "answer the task endpoint's calls from a folder of tasks, and make their GIFs",
  synopsis: "serve DIR | s3://BUCKET/PREFIX [options]",
  flags: OWN,
  withOptions: false,
  endsItself: true,
  examples: [
    ["task-gif serve tasks/", "on this machine, at http://localhost:4173/api/v1"],
    ["task-gif serve tasks/ --new-key laptop", "a key; with one, others may be let in"],
    [
      "task-gif serve tasks/ --host 0.0.0.0 --public-url https://gifs.example.com",
      "for others, behind a proxy with TLS",
    ],
    ["task-gif serve s3://bucket/tasks --queue redis://queue:6379", "many servers; task-gif work makes the GIFs"],
  ],
  notes: `Every flag may stand in the environment too, as in ${variableOf("keep-days")}, and DIR in ${variableOf("store")}. ${STORE_NOTES}`,
  async run(args) {
    const { positionals, values } = parseServiceLine(args, OWN);
    const text = (name: keyof typeof OWN) => values[name] as string | undefined;
    const [place = process.env[variableOf("store")]] = positionals;
    if (place === undefined || positionals.length > 1)
      throw usageError("expected one folder", "as in: task-gif serve tasks/");
    const store = await openSharedStore(place, values);
    const name = text("new-key");
    if (name !== undefined) return writeStdout(`${await addKey(store, name)}\n`);
    const host = text("host") ?? "localhost";
    if (!isLoopback(host) && (await readKeys(store)).length === 0) {
      const remedy = `make a key first: task-gif serve ${place} --new-key NAME`;
      throw usageError(`--host ${host}: without keys everybody who reaches the server could use it`, remedy);
    }
    const publicUrl = publicUrlIn(text("public-url"));
    const dashboard = await openDashboard(text("dashboard"));
    workInBackground();
    const days = keepDays(text("keep-days") ?? String(SERVER_DEFAULTS.keepDays));
    const limit = text("key-limit");
    const queue = text("queue");
    if (queue !== undefined && text("webhook") !== undefined) {
      throw usageError("--webhook does not go with --queue here", "give it to task-gif work, which makes the GIFs");
    }
    const webhook = await webhookFrom(values, undefined);
    const tasks = createTaskServer({
      store,
      ...(queue !== undefined && { queue: await openQueue(queue) }),
      ...(limit !== undefined && { keyLimit: wholeNumber(limit, "--key-limit", 1, 1_000_000) }),
      ...(publicUrl !== undefined && { publicUrl }),
      ...(dashboard && { dashboard }),
      corsOrigins: (values["cors-origin"] as string[] | undefined) ?? [],
      keepDays: days,
      gifOptions: await gifOptionsFrom(values),
      makePoster: posterInThread,
      ...(webhook && { webhook }),
      workers: wholeNumber(text("workers") ?? String(SERVER_DEFAULTS.workers), "--workers", 1, 32),
      ...(!values.quiet && { log }),
    });
    const server = createAdaptorServer({ fetch: tasks.fetch }) as Server;
    const wanted = text("port");
    const port = await (wanted === undefined
      ? listen(server, DEFAULT_PORT, host, MORE_PORTS)
      : listen(server, wholeNumber(wanted, "--port", 0, 65_535), host));
    await tasks.start();
    const summary = tasks.summary().then(
      (found) => describeStoreSummary(found, days),
      () => undefined,
    );
    const early = await Promise.race([summary, pause(SUMMARY_MS, undefined, { ref: false })]);
    const at = `http://${host.includes(":") ? `[${host}]` : host}:${port}/`;
    await writeStdout(`task-gif serves ${place} at ${at}${early === undefined ? "" : `: ${early}`}\n`);
    if (early === undefined)
      void summary.then((late) => (late === undefined ? undefined : writeStdout(`${place}: ${late}\n`)));
    await untilStopped(server, () => tasks.stop());
  },
};

function keepDays(text: string): number {
  return text === "forever" ? Number.POSITIVE_INFINITY : wholeNumber(text, "--keep-days", 1, 36_500);
}
