/** This many reloads within this many ms count as a loop: the cause is a value created on every render. */
const MOST_RELOADS = 3;
const WITHIN_MS = 1000;

/** Warns once on the console when an element reloads in a loop. */
export class ReloadWatch {
  #momentsMs: number[] = [];
  #hasWarned = false;

  /** Records a reload. `path`: where the new value of a property differs from the old one. */
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
