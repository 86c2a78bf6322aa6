import { describeError } from "../../js/task-gif-error.ts";
import { homeFiles } from "../gifs/gif-state.ts";
import type { Metrics } from "../metrics.ts";
import { type GifJob, type GifQueue, JOB_FORMAT, type RunJob } from "../queue/gif-queue.ts";
import { InProcessQueue } from "../queue/in-process-queue.ts";
import { PendingTasks } from "../queue/pending-tasks.ts";
import { MOST_TRIES } from "../queue/retry-policy.ts";
import type { Log, WebhookOptions } from "../server-options.ts";
import { readJson, writeJson } from "../stores/store.ts";
import type { TaskMedia } from "../task-media.ts";
import type { Tasks } from "../tasks.ts";
import { signWebhook, webhookTarget } from "./sign-webhook.ts";
import { type WebhookEvent, webhookEvent } from "./webhook-event.ts";

/** Maximum number of messages that are sent concurrently. */
const CONCURRENCY = 4;
/** Timeout in ms for the receiver's answer. */
const ANSWER_MS = 10_000;
/** Status by which a receiver refuses all further messages, as Standard Webhooks defines. */
const GONE = 410;
/** Interval in ms at which the store is scanned for messages that the queue lacks. */
const SCAN_MS = 60_000;

/** Result of one try. `isGone`: the receiver wants no more messages. */
type Delivery = { error?: string; isGone?: boolean };

/**
 * Sends a message to the receiver for each GIF that is ready or has failed, at least once. Unsent messages are pending
 * in the store and have a queue of their own, so that a slow receiver delays no GIF.
 */
export class Webhooks {
  readonly #queue: GifQueue;
  readonly #pending: PendingTasks;
  readonly #target: ReturnType<typeof webhookTarget>;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @throws `TypeError` for an address or a secret that cannot be used. */
  constructor(
    options: WebhookOptions,
    private readonly tasks: Tasks,
    private readonly media: TaskMedia,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    this.#target = webhookTarget(options);
    this.#queue = options.queue ?? new InProcessQueue();
    this.#pending = new PendingTasks(tasks.store, "webhooks");
  }

  /** Starts to send messages. */
  start(): void {
    this.#queue.work(this.#run, CONCURRENCY);
    const resume = async () => this.#add(await this.#pending.list());
    const scan = () =>
      void resume().catch((error: unknown) => this.log({ event: "webhook_error", error: describeError(error) }));
    scan();
    this.#timer = setInterval(scan, SCAN_MS);
    (this.#timer as { unref?(): void }).unref?.();
  }

  /** Sends all pending messages once; for servers that were not started. */
  async drain(): Promise<void> {
    await this.#add(await this.#pending.list());
    if (this.#queue instanceof InProcessQueue) await this.#queue.drain(this.#run);
  }

  /** Queues the message about a task. Resolves when it is pending in the store. */
  async announce(id: string): Promise<void> {
    await this.#pending.add(id);
    void this.#add([id]);
  }

  /** Stops sending; pending messages stay in the store. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#queue.close();
  }

  /** Adds jobs to the queue. An unreachable queue is no error: the messages are pending in the store. */
  async #add(ids: readonly string[]): Promise<void> {
    const jobs = ids.map((task): GifJob => ({ format: JOB_FORMAT, task }));
    await this.#queue.add(jobs, "background").catch(() => {});
  }

  readonly #run: RunJob = async ({ task: id }, signal) => {
    const tries = (await this.#pending.tries(id)) + 1;
    const event = await this.#eventOf(id);
    if (!event) {
      await this.#pending.remove(id);
      return undefined;
    }
    const { error, isGone } = await this.#send(event, signal).catch(failureOf);
    signal.throwIfAborted();
    if (error !== undefined && tries < MOST_TRIES && !isGone) {
      await this.#pending.setTries(id, tries);
      if (tries === 1) this.log({ event: "webhook_error", task: id, message_id: event.id, error });
      this.metrics.webhooks("retried");
      throw new Error(error);
    }
    await this.#pending.remove(id);
    this.metrics.webhooks(error === undefined ? "sent" : "failed");
    if (error === undefined) {
      await writeJson(this.tasks.store, event.file, { id: event.id });
      this.log({ event: "webhook_sent", task: id, message_id: event.id, attempts: tries });
      // The GIF may have been made again in the meantime.
      if (await this.#eventOf(id)) await this.announce(id);
      return undefined;
    }
    this.log({ event: "webhook_failed", task: id, message_id: event.id, attempts: tries, error });
    return { code: "WEBHOOK_FAILED", message: error };
  };

  /** Returns the message about a task, unless it was sent already. */
  async #eventOf(id: string): Promise<(WebhookEvent & { file: string }) | undefined> {
    const { store } = this.tasks;
    const task = await this.tasks.find(id);
    const event = task && (await webhookEvent(store, task, this.media));
    if (!event) return undefined;
    const file = homeFiles.webhook(task);
    return (await readJson<{ id?: string }>(store, file))?.id === event.id ? undefined : { ...event, file };
  }

  /** Sends a message to the configured URL; redirects are not followed. */
  async #send({ id, body }: WebhookEvent, signal: AbortSignal): Promise<Delivery> {
    const { url, key } = this.#target;
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(await signWebhook(await key, id, body)) },
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    await response.body?.cancel();
    const { ok, status } = response;
    return ok ? {} : { error: `expected a status from 200 to 299, found ${status}`, isGone: status === GONE };
  }
}

/** Returns why `fetch` failed, from the cause of its error, without the URL, which may hold a secret. */
function failureOf(error: unknown): Delivery {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return { error: code === undefined ? describeError(error) : `${describeError(error)}: ${code}` };
}
