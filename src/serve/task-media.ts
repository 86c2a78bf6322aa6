import type { Context } from "hono";
import type { ApiKeys } from "./auth/api-keys.ts";
import { MediaSigner } from "./auth/media-signer.ts";
import { type GifFacts, readGifFacts } from "./gifs/gif-state.ts";
import { isExpired } from "./retention.ts";
import type { Store } from "./stores/store.ts";
import type { Shot, Task } from "./task.ts";

/** URLs of the media that a task has now; `null` for each that it lacks. */
type GifMedia = Pick<GifFacts, "isSettled" | "request"> & { gif: string | null; poster: string | null };

/**
 * Makes the URLs of media. On a server with keys they are signed: the documented client sends no key when it fetches
 * media, so that the URL alone has to grant access.
 */
export class TaskMedia {
  readonly #signer: MediaSigner;

  constructor(
    private readonly settings: { store: Store; keepDays: number; publicUrl?: string },
    private readonly keys: ApiKeys,
  ) {
    this.#signer = new MediaSigner(settings.store);
  }

  /** Start of all URLs: `options.publicUrl`, or else the origin of the request. */
  originOf(c: Context): string {
    return this.origin ?? new URL(c.req.url).origin;
  }

  /** Start of all URLs if `options.publicUrl` is set. */
  get origin(): string | undefined {
    return this.settings.publicUrl?.replace(/\/+$/, "");
  }

  /** The GIF of a task and its poster, and whether they are final. */
  async gifOf(origin: string, task: Task): Promise<GifMedia> {
    const { state, isSettled, request } = await readGifFacts(this.settings.store, task);
    const isReady = isSettled && state?.state === "ready" && !isExpired(task, this.settings.keepDays);
    const gif = isReady ? await this.#url(origin, `/gifs/${task.id}/execution.gif`) : null;
    const poster = isReady && state.poster ? await this.#url(origin, `/posters/${task.id}/poster.png`) : null;
    return { gif, poster, isSettled, ...(request && { request }) };
  }

  /** A screenshot of a task. */
  screenshotOf(origin: string, { id }: Task, { name }: Shot): Promise<string> {
    return this.#url(origin, `/screenshots/${id}/${name}`);
  }

  /** All screenshots of a task. */
  async screenshotsOf(origin: string, task: Task): Promise<string[]> {
    return Promise.all((await task.shots()).map((shot) => this.screenshotOf(origin, task, shot)));
  }

  /** The page of a task that links lead to. */
  pageOf(origin: string, { id }: Task): Promise<string> {
    return this.#url(origin, `/task/${id}`);
  }

  /** Whether a request may fetch the media at its URL: the URL is signed, or the request has a key. */
  async isOpenTo(c: Context): Promise<boolean> {
    if (!this.keys.areNeeded || (await this.#signer.isSigned(c.req.path, c.req.query("s")))) return true;
    return this.keys.has(c.req.header("authorization"));
  }

  async #url(origin: string, path: string): Promise<string> {
    return `${origin}${path}${this.keys.areNeeded ? `?s=${await this.#signer.sign(path)}` : ""}`;
  }
}
