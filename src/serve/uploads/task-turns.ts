import { Semaphore } from "../../js/semaphore.ts";

/** Lets those who change the same task do so one after another, each as the one before has left it. */
export class TaskTurns {
  readonly #turns = new Map<string, { semaphore: Semaphore; users: number }>();

  /** Calls `act` when nobody else of this process changes the task with this id. */
  async take<T>(id: string, act: () => Promise<T>): Promise<T> {
    const turn = this.#turns.get(id) ?? { semaphore: new Semaphore(1), users: 0 };
    this.#turns.set(id, turn);
    turn.users++;
    const done = await turn.semaphore.acquire(undefined);
    try {
      return await act();
    } finally {
      done();
      if (--turn.users === 0) this.#turns.delete(id);
    }
  }
}
