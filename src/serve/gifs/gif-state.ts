import { readJson, type Store } from "../stores/store.ts";
import type { Task } from "../task.ts";

/** What became of the GIF of a task. */
export type GifState = {
  state: "ready" | "failed" | "expired";
  /** The request that this answers; see `GifRequest`. */
  request: string | null;
  /** The version of the task that it was made of; absent where tasks have none. */
  version?: string;
  made_at: string;
  /** Whether there is a poster beside the GIF. */
  poster?: boolean;
  code?: string;
  message?: string;
};

/** A GIF that was asked for again, with options. */
export type GifRequest = { id: string; options: Record<string, unknown> };

/** What is known of the GIF of a task. */
export type GifFacts = {
  state?: GifState;
  request?: GifRequest;
  /** Whether it is decided: made, given up or gone, and neither asked for again nor outdated since. */
  isSettled: boolean;
};

/** Files in the home of a task. */
export const homeFiles = {
  gif: ({ home }: Task) => `${home}/execution.gif`,
  poster: ({ home }: Task) => `${home}/poster.png`,
  state: ({ home }: Task) => `${home}/state.json`,
  request: ({ home }: Task) => `${home}/request.json`,
  /** The last message to the receiver of webhooks. */
  webhook: ({ home }: Task) => `${home}/webhook.json`,
};

/** What is known of the GIF of a task. */
export async function readGifFacts(store: Store, task: Task): Promise<GifFacts> {
  const [state, request] = await Promise.all([
    readJson<GifState>(store, homeFiles.state(task)),
    readJson<GifRequest>(store, homeFiles.request(task)),
  ]);
  const isCurrent = state?.request === (request?.id ?? null) && (state.version ?? null) === task.version;
  return { ...(state && { state }), ...(request && { request }), isSettled: state?.state === "expired" || isCurrent };
}
