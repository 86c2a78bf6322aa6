import { readJson, type Store } from "../stores/store.ts";
import type { Task } from "../task.ts";

/** The result for the GIF of a task, as stored. */
export type GifState = {
  state: "ready" | "failed" | "expired";
  /** Id of the `GifRequest` that it was made for; `null` for the GIF that every task gets. */
  request: string | null;
  /** Version of the task that it was made from; absent if the task has no version. */
  version?: string;
  made_at: string;
  /** Whether there is a poster beside the GIF. */
  poster?: boolean;
  code?: string;
  message?: string;
};

/** A request to make the GIF of a task with these options. */
export type GifRequest = { id: string; options: Record<string, unknown> };

/** The stored state and request of the GIF of a task. */
export type GifFacts = {
  state?: GifState;
  request?: GifRequest;
  /**
   * Whether nothing is left to do: the GIF is made, failed or expired, and was neither requested again nor became
   * outdated.
   */
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

/** Reads the state and the request of the GIF of a task. */
export async function readGifFacts(store: Store, task: Task): Promise<GifFacts> {
  const [state, request] = await Promise.all([
    readJson<GifState>(store, homeFiles.state(task)),
    readJson<GifRequest>(store, homeFiles.request(task)),
  ]);
  const isCurrent = state?.request === (request?.id ?? null) && (state.version ?? null) === task.version;
  return { ...(state && { state }), ...(request && { request }), isSettled: state?.state === "expired" || isCurrent };
}
