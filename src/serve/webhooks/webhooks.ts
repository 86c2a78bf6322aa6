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

/** Messages that are on their way at the same time. */
const CONCURRENCY = 4;
/** How long a receiver may take to answer. */
const ANSWER_MS = 10_000;
/** The status by which a receiver says, as the standard has it, that it wants no more messages. */
const GONE = 410;
/** How often the store is looked through for messages that the queue does not know. */
const LOOK_MS = 60_000;

/** How a try ended: without an error, or with one, after which a receiver that `isGone` is not asked again. */
type Delivery = { error?: string; isGone?: boolean };

/**
 * Tells a receiver what became of GIFs, each time at least once. What is to be told stands in the store, as pending GIFs
 * do, and has a queue of its own: a receiver that does not answer holds up no GIF.
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

  /** Sends messages from now on. */
  start(): void {
    this.#queue.work(this.#run, CONCURRENCY);
    const resume = async () => this.#add(await this.#pending.list());
    const look = () =>
      void resume().catch((error: unknown) => this.log({ event: "webhook_error", error: describeError(error) }));
    look();
    this.#timer = setInterval(look, LOOK_MS);
    (this.#timer as { unref?(): void }).unref?.();
  }

  /** Sends what is to be told, once, where nobody has called `start`. */
  async drain(): Promise<void> {
    await this.#add(await this.#pending.list());
    if (this.#queue instanceof InProcessQueue) await this.#queue.drain(this.#run);
  }

  /** Notes that there is something to tell of a task. Resolves when the store knows. */
  async announce(id: string): Promise<void> {
    await this.#pending.add(id);
    void this.#add([id]);
  }

  /** Leaves what is not told yet to others. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#queue.close();
  }

  /** The store knows what a queue that is away does not. */
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
      // It may have been decided anew meanwhile.
      if (await this.#eventOf(id)) await this.announce(id);
      return undefined;
    }
    this.log({ event: "webhook_failed", task: id, message_id: event.id, attempts: tries, error });
    return { code: "WEBHOOK_FAILED", message: error };
  };

  /** What is to be told of a task, unless it was told already. */
  async #eventOf(id: string): Promise<(WebhookEvent & { file: string }) | undefined> {
    const { store } = this.tasks;
    const task = await this.tasks.find(id);
    const event = task && (await webhookEvent(store, task, this.media));
    if (!event) return undefined;
    const file = homeFiles.webhook(task);
    return (await readJson<{ id?: string }>(store, file))?.id === event.id ? undefined : { ...event, file };
  }

  /** Sends a message to the address that was configured, and nowhere else. Resolves to what went wrong. */
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

/** Why a request came to no answer, without the address: `fetch` hides the reason in what it failed of. */
function failureOf(error: unknown): Delivery {
  const { code } = ((error as Error).cause ?? {}) as { code?: string };
  return { error: code === undefined ? describeError(error) : `${describeError(error)}: ${code}` };
}
