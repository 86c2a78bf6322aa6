import type { SSEStreamingApi } from "hono/streaming";
import { describeStep, describeTask } from "../describe-task.ts";
import { isOver, type Shot, type Task } from "../task.ts";
import type { Tasks } from "../tasks.ts";

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

/** Writes the events of one task to one reader, each once. */
export class TaskEventWriter {
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
    // The final status is sent last, after all steps.
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
