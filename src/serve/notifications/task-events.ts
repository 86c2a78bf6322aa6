import type { SSEStreamingApi } from "hono/streaming";
import { describeStep, describeTask } from "../describe-task.ts";
import { isOver, type Shot, type Task } from "../task.ts";
import type { Tasks } from "../tasks.ts";

/** How often a task is looked at for what another server, or a person, has changed. */
const LOOK_MS = 2000;
/** A line that keeps proxies from ending a stream on which nothing happens. */
const HEARTBEAT_MS = 15_000;

/** What the events of a task are made of. */
export type EventSource = {
  tasks: Tasks;
  /** The address of a screenshot. */
  urlOf(task: Task, shot: Shot): Promise<string>;
  /** The address of the GIF once it is decided whether there is one: null where there is none. */
  gifOf(task: Task): Promise<{ gif: string | null } | undefined>;
  /** Aborted when the stream has to end: after its longest time, or since the server stops. */
  signal: AbortSignal;
};

/**
 * Writes what happens to a task: `task` with its facts at first and whenever they change, `step` for each screenshot
 * with what is known of its step, and `gif` at the end. Each stream begins with everything that is there. It ends after
 * `gif`, or where what it has said is no longer so: the reader asks anew.
 */
export async function writeTaskEvents(stream: SSEStreamingApi, id: string, source: EventSource): Promise<void> {
  const { tasks, signal } = source;
  const clock = new Clock();
  const unwatch = tasks.changes.watch(id, () => clock.wake());
  const stop = () => clock.wake();
  signal.addEventListener("abort", stop);
  stream.onAbort(stop);
  const told = new Told(stream, id, source);
  let heardAt = performance.now();
  try {
    while (!stream.aborted && !signal.aborted) {
      const task = await tasks.find(id);
      const before = told.count;
      if (!task || !(await told.tell(task))) return;
      if (told.count > before) heardAt = performance.now();
      else if (performance.now() - heardAt >= HEARTBEAT_MS) {
        heardAt = performance.now();
        await stream.write(":\n\n");
      }
      await clock.sleep(LOOK_MS);
    }
  } finally {
    unwatch();
    signal.removeEventListener("abort", stop);
  }
}

/** What one reader has heard of a task. */
class Told {
  /** Events that were written. */
  count = 0;
  #listing = "";
  /** The last words on each subject: the task, its GIF, and steps by their numbers. */
  readonly #words = new Map<string | number, string>();

  constructor(
    private readonly stream: SSEStreamingApi,
    private readonly id: string,
    private readonly source: EventSource,
  ) {}

  /** Writes what is new; resolves to whether there may be more. */
  async tell(task: Task): Promise<boolean> {
    const isEnd = isOver(task.record);
    // The end is told last, when all steps are known.
    if (!isEnd) await this.#write("task", describeTask(task));
    if (!(await this.#tellSteps(task))) return false;
    if (!isEnd) return true;
    await this.#write("task", describeTask(task));
    const end = await this.source.gifOf(task);
    if (end) await this.#write("gif", end);
    return end === undefined;
  }

  /** Resolves to whether everything that was told is still so. */
  async #tellSteps(task: Task): Promise<boolean> {
    const shots = await task.shots();
    const listing = JSON.stringify([task.version, shots.map(({ name }) => name)]);
    if (listing === this.#listing) return true;
    this.#listing = listing;
    const known = new Map((await task.steps()).map((step) => [step.step, step]));
    const numbers = new Set(shots.map(({ number }) => number));
    if ([...this.#words.keys()].some((about) => typeof about === "number" && !numbers.has(about))) return false;
    for (const shot of shots) {
      const { number } = shot;
      const step = describeStep(this.id, known.get(number) ?? { step: number });
      await this.#write("step", { ...step, screenshot: await this.source.urlOf(task, shot) }, number);
    }
    return true;
  }

  /** Writes an event, unless these were the last words on its subject. */
  async #write(event: string, data: unknown, about: string | number = event): Promise<void> {
    const text = JSON.stringify(data);
    if (this.#words.get(about) === text) return;
    this.#words.set(about, text);
    this.count++;
    await this.stream.writeSSE({ event, data: text });
  }
}

/** Sleeps until it is woken; one that is woken while awake does not sleep at all. */
class Clock {
  #isWoken = false;
  #wake: (() => void) | undefined;

  wake(): void {
    this.#isWoken = true;
    this.#wake?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.#isWoken) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    this.#isWoken = false;
  }
}
