import type { Context } from "hono";
import { type ApiKeys, MediaSigner } from "../auth.ts";
import { type GifWish, readGifFacts } from "../gifs/gif-state.ts";
import type { ResolvedServerOptions } from "../options.ts";
import { isExpired } from "../retention.ts";
import type { Shot, Task } from "../task.ts";

/** Addresses of the media of tasks. Where there are keys, they open the media by themselves: the documented client sends none. */
export class TaskMedia {
  readonly #signer: MediaSigner;
  readonly #publicUrl: string | undefined;

  constructor(
    private readonly settings: ResolvedServerOptions,
    private readonly keys: ApiKeys,
  ) {
    this.#signer = new MediaSigner(settings.store);
    this.#publicUrl = settings.publicUrl?.replace(/\/+$/, "");
  }

  /** What addresses begin with. */
  originOf(c: Context): string {
    return this.#publicUrl ?? new URL(c.req.url).origin;
  }

  /** The GIF of a task if there is one now, and whether that is decided. */
  async gifOf(c: Context, task: Task): Promise<{ gif: string | null; isSettled: boolean; wish?: GifWish }> {
    const { state, isSettled, wish } = await readGifFacts(this.settings.store, task);
    const isReady = isSettled && state?.state === "ready" && !isExpired(task, this.settings.keepDays);
    const gif = isReady ? await this.#url(c, `/gifs/${task.id}/execution.gif`) : null;
    return { gif, isSettled, ...(wish && { wish }) };
  }

  /** A screenshot of a task. */
  screenshotOf(c: Context, { id }: Task, { name }: Shot): Promise<string> {
    return this.#url(c, `/screenshots/${id}/${name}`);
  }

  /** All screenshots of a task. */
  async screenshotsOf(c: Context, task: Task): Promise<string[]> {
    return Promise.all((await task.shots()).map((shot) => this.screenshotOf(c, task, shot)));
  }

  /** Whether a request may have what it asks for: it knows the address, or has a key. */
  async isOpenTo(c: Context): Promise<boolean> {
    if (!this.keys.areNeeded || (await this.#signer.isSigned(c.req.path, c.req.query("s")))) return true;
    return this.keys.has(c.req.header("authorization"));
  }

  async #url(c: Context, path: string): Promise<string> {
    return `${this.originOf(c)}${path}${this.keys.areNeeded ? `?s=${await this.#signer.sign(path)}` : ""}`;
  }
}
