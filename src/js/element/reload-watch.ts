/** So many new starts within so many ms are taken for a loop, which is what a value that is made while rendering leads to. */
const MOST_RELOADS = 3;
const WITHIN_MS = 1000;

/** Warns on the console, once, when an element starts anew again and again. */
export class ReloadWatch {
  #momentsMs: number[] = [];
  #hasWarned = false;

  /** A property was set to another value; `path` says where it differs from the one before. */
  note(path: string): void {
    const now = performance.now();
    this.#momentsMs = [...this.#momentsMs.filter((ms) => now - ms < WITHIN_MS), now];
    if (this.#hasWarned || this.#momentsMs.length < MOST_RELOADS) return;
    this.#hasWarned = true;
    console.warn(
      `<task-gif> RELOADED: expected ${path} to stay, found ${MOST_RELOADS} new values within a second, each of which starts the replay anew; make it once, outside of what renders. Lists, plain objects and addresses may be made anew, while blobs, functions and instances are the same only by identity.`,
    );
  }
}
