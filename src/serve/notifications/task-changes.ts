/** Tells whoever watches a task that it has changed on this server. What other servers on the store do, looking finds. */
export class TaskChanges {
  readonly #listeners = new Map<string, Set<() => void>>();

  /** Calls `onchange` at every change of the task; the function that is returned ends that. */
  watch(id: string, onchange: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(onchange));
    return () => {
      listeners.delete(onchange);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  /** The task has changed. */
  announce(id: string): void {
    for (const onchange of [...(this.#listeners.get(id) ?? [])]) onchange();
  }
}
