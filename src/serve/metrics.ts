import type { MiddlewareHandler } from "hono";
import type { QueueCounts } from "./queue/gif-queue.ts";

/** Media type of the Prometheus text format. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
/** Upper bounds of the buckets of duration histograms, in seconds. */
const BOUNDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];

type Histogram = { counts: number[]; sum: number; count: number };

/**
 * Counts what this process has done since it started, and writes the Prometheus text format. The package prom-client
 * would do the same, but it imports modules of Node, and the server runs on any platform with `Request` and `Response`.
 */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #gifs = new Map<string, number>();
  readonly #webhooks = new Map<string, number>();
  readonly #making = emptyHistogram();
  readonly #waiting = emptyHistogram();

  /** Counts the answers to requests. */
  readonly middleware: MiddlewareHandler = async (c, next) => {
    await next();
    increment(this.#requests, `${Math.floor(c.res.status / 100)}xx`);
  };

  /** Counts a GIF, with how long it took to make, and the time from the end of its task to now, both in ms. */
  gifs(result: "ready" | "failed" | "retried", makingMs?: number, sinceEndMs?: number): void {
    increment(this.#gifs, result);
    if (makingMs !== undefined) observe(this.#making, makingMs);
    if (result === "ready" && Number.isFinite(sinceEndMs)) observe(this.#waiting, sinceEndMs!);
  }

  /** Counts a try to send a message to the receiver of webhooks. */
  webhooks(result: "sent" | "failed" | "retried"): void {
    increment(this.#webhooks, result);
  }

  /** Returns the metrics as text. `counts` is absent when the queue cannot be reached. */
  text(counts: QueueCounts | undefined): string {
    const { oldestMs = 0, ...states } = counts ?? {};
    const lines = [
      ...head("task_gif_queue_up", "gauge", "Whether the queue can be reached."),
      `task_gif_queue_up ${counts ? 1 : 0}`,
      ...head("task_gif_requests_total", "counter", "Requests that this process has answered, by class of status."),
      ...rows("task_gif_requests_total", "status", this.#requests),
      ...head("task_gif_gifs_total", "counter", "Jobs that this process has run, by result."),
      ...rows("task_gif_gifs_total", "result", this.#gifs),
      ...head("task_gif_webhooks_total", "counter", "Messages that this process has sent to the webhook, by result."),
      ...rows("task_gif_webhooks_total", "result", this.#webhooks),
      ...histogram("task_gif_making_seconds", "Time to make a GIF.", this.#making),
      ...histogram("task_gif_finish_to_gif_seconds", "Time from the end of a task to its GIF.", this.#waiting),
    ];
    if (counts) {
      lines.push(
        ...head("task_gif_jobs", "gauge", "Jobs in the queue, of all processes together, by state."),
        ...rows("task_gif_jobs", "state", new Map(Object.entries(states))),
        ...head("task_gif_oldest_job_seconds", "gauge", "How long the oldest waiting job has waited."),
        `task_gif_oldest_job_seconds ${oldestMs / 1000}`,
      );
    }
    return `${lines.join("\n")}\n`;
  }
}

const emptyHistogram = (): Histogram => ({ counts: BOUNDS.map(() => 0), sum: 0, count: 0 });

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function observe(to: Histogram, ms: number): void {
  const seconds = Math.max(0, ms / 1000);
  to.sum += seconds;
  to.count++;
  for (const [i, bound] of BOUNDS.entries()) if (seconds <= bound) to.counts[i]!++;
}

const head = (name: string, type: string, help: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];

const rows = (name: string, label: string, counts: ReadonlyMap<string, number>) =>
  [...counts].map(([value, count]) => `${name}{${label}="${value}"} ${count}`);

const histogram = (name: string, help: string, { counts, sum, count }: Histogram) => [
  ...head(name, "histogram", help),
  ...BOUNDS.map((bound, i) => `${name}_bucket{le="${bound}"} ${counts[i]}`),
  `${name}_bucket{le="+Inf"} ${count}`,
  `${name}_sum ${sum}`,
  `${name}_count ${count}`,
];
