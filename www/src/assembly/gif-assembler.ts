import type { Screenshots } from "task-gif";
import { describeFailure, type Failure, type FailureContext } from "task-gif/failures";
import { type SavedOptions, type Texts, toOptions } from "../options/saved-options.ts";
import { nextMacrotask } from "../ui/next-macrotask.ts";
import { type EndpointTask, type LoadProgress, loadOrAssembleGif, type MadeGif } from "./load-or-assemble.ts";

/** State of the assembler. The last finished GIF is shown while the next one is made. */
export type AssemblyState = {
  /** Present while a GIF is loaded or made. */
  working: LoadProgress | undefined;
  /** The newest finished GIF. */
  gif: MadeGif | undefined;
  /** Bytes of the GIF before it, to compare. */
  previousBytes: number | undefined;
  /** What went wrong with the newest attempt. */
  failure: Failure | undefined;
};

/** Settings of the assembler that do not change. */
export type GifAssemblerSettings = {
  onchange: (state: AssemblyState) => void;
  /** Context for descriptions of failures. */
  failures: FailureContext;
  /** Title and captions of the screenshots. */
  texts: Texts;
  /** The endpoint that may have a GIF of the task. */
  server: EndpointTask | undefined;
};

/** Options of one start. */
export type AssemblyStart = {
  /** What an unreadable screenshot does; default `"error"`. */
  onBadFrame?: "error" | "skip";
  /** The preferred GIF if there is an endpoint; default the server's. */
  prefer?: "server" | "local";
  /** Numbers of the steps to show; default all. */
  steps?: number[] | undefined;
};

/** Makes the GIF of one set of screenshots, again after each change of options. */
export class GifAssembler {
  #state: AssemblyState = { working: undefined, gif: undefined, previousBytes: undefined, failure: undefined };
  #running: AbortController | undefined;
  readonly #settings: GifAssemblerSettings;

  constructor(settings: GifAssemblerSettings) {
    this.#settings = settings;
  }

  /** Starts with these screenshots and options. Work in progress is aborted. */
  async start(
    screenshots: Screenshots,
    saved: SavedOptions,
    { onBadFrame = "error", prefer = "server", steps }: AssemblyStart = {},
  ): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const tell = oncePerFrame((working: LoadProgress) => {
      // The work may be done by the next animation frame.
      if (this.#running === running && this.#state.working) this.#update({ working });
    });
    const { server, failures, texts } = this.#settings;
    this.#update({ working: { kind: "assembling", progress: undefined }, failure: undefined });
    try {
      const options = { ...toOptions(saved, texts), ...(steps && { steps }), onBadFrame, signal: running.signal };
      const gif = await loadOrAssembleGif({ server, prefer, screenshots, options, onwork: tell });
      // Shown in a new task, since the last step of the assembly was a long one.
      await nextMacrotask();
      if (this.#running !== running) return gif.close();
      const { gif: previous } = this.#state;
      this.#update({ working: undefined, gif, previousBytes: previous?.blob.size });
      previous?.close();
    } catch (error) {
      // Aborted: another start has taken over, or the view was closed.
      if (this.#running !== running) return;
      const failure = describeFailure(error, failures);
      console.error(`${failure.code}: ${failure.message}`);
      this.#update({ working: undefined, failure });
    }
  }

  /** Stops the work and releases the GIF. */
  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#state.gif?.close();
    this.#state = { working: undefined, gif: undefined, previousBytes: undefined, failure: undefined };
  }

  #update(change: Partial<AssemblyState>): void {
    this.#state = { ...this.#state, ...change };
    this.#settings.onchange(this.#state);
  }
}

/** Limits updates to one per animation frame, since workers report more often. */
function oncePerFrame<Value>(show: (value: Value) => void): (value: Value) => void {
  let latest: Value;
  let waits = false;
  return (value) => {
    latest = value;
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      show(latest);
    });
  };
}
