import {
  assembleGif,
  type DownloadProgress,
  type LoadReason,
  loadTaskGif,
  type Progress,
  type Screenshots,
  type TaskClient,
  TaskClientError,
  type TaskGif,
  TaskGifError,
} from "task-gif";
import { explain, type Problem } from "./problem.ts";
import { toOptions, type Wishes } from "./wishes.ts";

/** What goes on: the endpoint is being asked, its GIF arrives, or one is assembled here (nothing before the first report). */
export type Work =
  | { kind: "asking" }
  | { kind: "downloading"; download: DownloadProgress }
  | { kind: "assembling"; progress: Progress | undefined };

/** A finished GIF. `why` says why it comes from where it comes from, if there was an endpoint to ask. */
export type MadeGif = TaskGif & { readonly why?: LoadReason };

/** Where an assembly stands. The last finished GIF stays on show while the next one is being made. */
export type AssemblyState = {
  /** Present while work goes on. */
  working: Work | undefined;
  /** The newest finished GIF. */
  gif: MadeGif | undefined;
  /** Bytes of the GIF before it, to compare. */
  previousBytes: number | undefined;
  /** What went wrong with the newest attempt. */
  problem: Problem | undefined;
};

/** What an assembly needs to know once. */
export type AssemblySettings = {
  onchange: (state: AssemblyState) => void;
  /** Names a screenshot by its position, in errors. */
  nameOf: (frame: number) => string;
  /** Where a GIF of the same task may be already. */
  server: { client: TaskClient; taskId: string } | undefined;
};

/** How to go about one attempt. */
export type Attempt = {
  /** What an unreadable screenshot does; default `"error"`. */
  onBadFrame?: "error" | "skip";
  /** Which GIF is wanted first where there is an endpoint; default the server's. */
  prefer?: "server" | "local";
};

/** One set of screenshots and the GIF that is made of them, over and over as wishes change. */
export class Assembly {
  #state: AssemblyState = { working: undefined, gif: undefined, previousBytes: undefined, problem: undefined };
  #running: AbortController | undefined;
  readonly #settings: AssemblySettings;

  constructor(settings: AssemblySettings) {
    this.#settings = settings;
  }

  /** Starts over with these screenshots and wishes; what was under way is dropped. */
  async start(
    screenshots: Screenshots,
    wishes: Wishes,
    { onBadFrame = "error", prefer = "server" }: Attempt = {},
  ): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const tell = (working: Work) => {
      if (this.#running === running) this.#update({ working });
    };
    const { server, nameOf } = this.#settings;
    const options = {
      ...toOptions(wishes),
      onBadFrame,
      signal: running.signal,
      onProgress: (progress: Progress) => tell({ kind: "assembling", progress }),
    };
    const first: Work =
      server && prefer === "server" ? { kind: "asking" } : { kind: "assembling", progress: undefined };
    this.#update({ working: first, problem: undefined });
    try {
      const gif: MadeGif = server
        ? await loadTaskGif(server.taskId, {
            ...options,
            client: server.client,
            screenshots,
            prefer,
            onDownload: (download) => tell({ kind: "downloading", download }),
          })
        : await assembleGif(screenshots, options);
      if (this.#running !== running) return gif.close();
      const { gif: previous } = this.#state;
      this.#update({ working: undefined, gif, previousBytes: previous?.blob.size });
      previous?.close();
    } catch (error) {
      // Whoever aborted has started something else or has left.
      if (this.#running !== running) return;
      this.#update({ working: undefined, problem: explain(localFailure(error), nameOf) });
    }
  }

  /** Stops the work and lets go of the GIF. */
  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#state.gif?.close();
    this.#state = { working: undefined, gif: undefined, previousBytes: undefined, problem: undefined };
  }

  #update(change: Partial<AssemblyState>): void {
    this.#state = { ...this.#state, ...change };
    this.#settings.onchange(this.#state);
  }
}

/** When both ways failed, the local failure is the one that can be helped here. */
function localFailure(error: unknown): unknown {
  return error instanceof TaskClientError && error.cause instanceof TaskGifError ? error.cause : error;
}
