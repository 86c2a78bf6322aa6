import { Semaphore } from "../../js/semaphore.ts";

/** One mutex per task: changes of the same task run one after another, each on what the one before has left. */
export class TaskMutex {
  readonly #byTask = new Map<string, { semaphore: Semaphore; users: number }>();

  /** Calls `act` while no other call in this process has the task with this id. */
  async hold<T>(id: string, act: () => Promise<T>): Promise<T> {
    const mutex = this.#byTask.get(id) ?? { semaphore: new Semaphore(1), users: 0 };
    this.#byTask.set(id, mutex);
    mutex.users++;
    const release = await mutex.semaphore.acquire(undefined);
    try {
      return await act();
    } finally {
      release();
      if (--mutex.users === 0) this.#byTask.delete(id);
    }
  }
}
