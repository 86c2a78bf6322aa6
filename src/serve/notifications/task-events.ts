import type { SSEStreamingApi } from "hono/streaming";
import { describeStep, describeTask } from "../describe-task.ts";
import { isOver, type Shot, type Task } from "../task.ts";
import type { Tasks } from "../tasks.ts";

/** The inputs of the events of a task. */
export type EventSource = {
  tasks: Tasks;
  /** Returns the URL of a screenshot. */
  urlOf(task: Task, shot: Shot): Promise<string>;
  /** Returns the URL of the GIF, `null` if there is none; `undefined` until that is decided. */
  gifOf(task: Task): Promise<{ gif: string | null } | undefined>;
  /** Aborted when the stream must end: after its maximum duration, or when the server stops. */
  signal: AbortSignal;
};

/** Writes the events of one task to one client, each once. */
export class TaskEventWriter {
  /** Number of events that were written. */
  count = 0;
  #listing = "";
  /** The last data for each subject: the task, its GIF, and steps by their numbers. */
  readonly #written = new Map<string | number, string>();

  constructor(
    private readonly stream: SSEStreamingApi,
    private readonly id: string,
    private readonly source: EventSource,
  ) {}

  /** Writes the new events; resolves to whether more may follow. */
  async write(task: Task): Promise<boolean> {
    const isEnd = isOver(task.record);
    // The final status is sent last, after all steps.
    if (!isEnd) await this.#writeEvent("task", describeTask(task));
    if (!(await this.#writeSteps(task))) return false;
    if (!isEnd) return true;
    await this.#writeEvent("task", describeTask(task));
    const end = await this.source.gifOf(task);
    if (end) await this.#writeEvent("gif", end);
    return end === undefined;
  }

  /** Writes new and changed steps; resolves to `false` if a step that was written no longer exists. */
  async #writeSteps(task: Task): Promise<boolean> {
    const shots = await task.shots();
    const listing = JSON.stringify([task.version, shots.map(({ name }) => name)]);
    if (listing === this.#listing) return true;
    this.#listing = listing;
    const known = new Map((await task.steps()).map((step) => [step.step, step]));
    const numbers = new Set(shots.map(({ number }) => number));
    if ([...this.#written.keys()].some((about) => typeof about === "number" && !numbers.has(about))) return false;
    for (const shot of shots) {
      const { number } = shot;
      const step = describeStep(this.id, known.get(number) ?? { step: number });
      await this.#writeEvent("step", { ...step, screenshot: await this.source.urlOf(task, shot) }, number);
    }
    return true;
  }

  /** Writes an event, unless its data equal the last data for its subject. */
  async #writeEvent(event: string, data: unknown, about: string | number = event): Promise<void> {
    const text = JSON.stringify(data);
    if (this.#written.get(about) === text) return;
    this.#written.set(about, text);
    this.count++;
    await this.stream.writeSSE({ event, data: text });
  }
}
