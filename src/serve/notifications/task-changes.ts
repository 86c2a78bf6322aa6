/** Notifies listeners of changes to tasks by this server. Changes by other servers on the store are found by reading it. */
export class TaskChanges {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `onchange` after every change of the task. Returns a function that removes the listener. */
  watch(id: string, onchange: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(onchange));
    return () => {
      listeners.delete(onchange);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  /** Calls the listeners of a task, since it has changed. */
  announce(id: string): void {
    for (const onchange of [...(this.#listeners.get(id) ?? [])]) onchange();
  }
}
