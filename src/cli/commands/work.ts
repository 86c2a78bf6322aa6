import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { posterInThread } from "../../node/poster-thread.ts";
import { openQueue } from "../../node/queue/bullmq-queue.ts";
import { createTaskWorker } from "../../serve/gifs/worker.ts";
import { SERVER_DEFAULTS } from "../../serve/server-options.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { GIF_FLAGS, gifOptionsFrom } from "../gif-flags.ts";
import { openSharedStore, STORE_FLAGS, STORE_NOTES } from "../open-store.ts";
import { type OwnFlag, parseServiceLine, variableOf, wholeNumber } from "../parse-args.ts";
import { listen, log, PUBLIC_URL_FLAG, publicUrlIn, untilStopped } from "../service/http-server.ts";
import { WEBHOOK_FLAGS, webhookFrom } from "../service/webhook-flags.ts";
import { writeStdout } from "../write-output.ts";

const OWN = {
  queue: { value: "URL", help: "redis://HOST:PORT where jobs wait" },
  store: { value: "PLACE", help: "folder or s3://BUCKET/PREFIX of the tasks, the same as that of the servers" },
  concurrency: { value: "N", help: "GIFs that are made at the same time; default 1" },
  workers: { value: "N", help: `worker threads for each of them; default ${SERVER_DEFAULTS.workers}` },
  port: { short: "p", value: "N", help: "port for /healthz and /metrics, 0 is any free one; default none" },
  host: { value: "HOST", help: "address for them; default localhost" },
  ...GIF_FLAGS,
  ...WEBHOOK_FLAGS,
  "public-url": PUBLIC_URL_FLAG,
  ...STORE_FLAGS,
  quiet: { short: "q", help: "no log" },
} satisfies Record<string, OwnFlag>;

/** `task-gif work`: runs the GIF jobs of servers. */
export const work: Command = {
  summary: "make the GIFs that servers on the same store and queue are asked for",
  synopsis: "work --queue redis://HOST:PORT --store DIR | s3://BUCKET/PREFIX [options]",
  flags: OWN,
  withOptions: false,
  endsItself: true,
  examples: [
    ["task-gif work --queue redis://queue:6379 --store s3://bucket/tasks", "as many as there are machines"],
    ["task-gif work --queue redis://queue:6379 --store /srv/tasks --port 9090", "with /healthz and /metrics"],
  ],
  notes: `Every flag may stand in the environment too, as in ${variableOf("queue")}. ${STORE_NOTES}`,
  async run(args) {
    const { positionals, values } = parseServiceLine(args, OWN);
    const text = (name: keyof typeof OWN) => values[name] as string | undefined;
    const [queue, place] = [text("queue"), text("store")];
    if (positionals.length > 0 || queue === undefined || place === undefined) {
      throw usageError(
        "expected a queue and a store",
        "as in: task-gif work --queue redis://localhost:6379 --store tasks/",
      );
    }
    const webhook = await webhookFrom(values, queue);
    const publicUrl = publicUrlIn(text("public-url"));
    const worker = createTaskWorker({
      store: await openSharedStore(place, values),
      queue: await openQueue(queue),
      concurrency: wholeNumber(text("concurrency") ?? "1", "--concurrency", 1, 64),
      gifOptions: await gifOptionsFrom(values),
      makePoster: posterInThread,
      ...(webhook && { webhook }),
      ...(publicUrl !== undefined && { publicUrl }),
      workers: wholeNumber(text("workers") ?? String(SERVER_DEFAULTS.workers), "--workers", 1, 32),
      ...(!values.quiet && { log }),
    });
    const server = createAdaptorServer({ fetch: worker.fetch }) as Server;
    const wanted = text("port");
    const host = text("host") ?? "localhost";
    const port =
      wanted === undefined ? undefined : await listen(server, wholeNumber(wanted, "--port", 0, 65_535), host);
    await worker.start();
    await writeStdout(`task-gif works on ${place}${port === undefined ? "" : `; http://${host}:${port}/metrics`}\n`);
    await untilStopped(server, worker.stop);
  },
};
