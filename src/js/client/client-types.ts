import type { Screenshots } from "../public-types.ts";

/** Options of a `TaskClient`. */
export type TaskClientOptions = {
  /**
   * The address before `/task`, as in `https://host/api/v1`. By default this is your own backend, which adds the key.
   * Plain http is for this machine only. In a page it may be relative.
   */
  baseUrl: string | URL;
  /**
   * Returns a short-lived token, which is sent as a bearer token only to the API. Called before the first request and
   * before each stream of events, and again with `renew: true` when the API answers 401. If it returns nothing, requests
   * have no token.
   */
  getToken?: (request: { renew: boolean }) => string | null | undefined | PromiseLike<string | null | undefined>;
  /** A raw key. Refused in a browser, where anybody could read it, unless `dangerouslyAllowBrowser` is true. */
  apiKey?: string;
  /** Allows a raw key in a browser. For local tools only. */
  dangerouslyAllowBrowser?: boolean;
  /** Additional headers, sent only to the API. */
  headers?: Record<string, string>;
  /** Cookies for requests to the API; default `"same-origin"`. Files are always fetched without. */
  credentials?: RequestCredentials;
  /** Replacement for the global `fetch`. */
  fetch?: typeof globalThis.fetch;
  /**
   * Hosts that files may come from, each with the hosts below it and an optional port. Default: the API's own host and
   * those below it; for `api.browser-use.com` its media host too. Name the media host of any other API, or of a backend
   * of your own.
   */
  allowedMediaHosts?: readonly string[];
  /** Maximum number of bytes of a file; default 64 MB. */
  maxBytes?: number;
  /** Timeout of one response in ms; default 15,000. */
  requestTimeout?: number;
  /** Time in ms without a byte after which a download counts as stalled; default 20,000. */
  stallTimeout?: number;
};

/** A call that can be aborted. */
export type CallOptions = {
  /** Aborts the call; it rejects with the reason of the signal. */
  signal?: AbortSignal;
};

/** The state of a wait, before each pause. */
export type PollInfo = {
  /** Number of polls so far. */
  polls: number;
  /** Last known status of the task; absent until the client has requested it. */
  status?: TaskStatus;
  /** Pause until the next poll in ms. */
  waitMs: number;
};

/** Options of a wait. */
export type WaitOptions = CallOptions & {
  /**
   * Longest wait in ms; default ten minutes. With 0, the client asks once and returns the reason. The time while the page is
   * hidden does not count.
   */
  timeout?: number;
  /** Upper bound of the first pause between polls, in ms; default 2000. It grows to 30 s. */
  interval?: number;
  /** Whether the task was just created: a 404 may then mean that it is not visible yet. */
  isNew?: boolean;
  /** Called before every pause. */
  onPoll?: (info: PollInfo) => void;
};

/** Why there is no GIF. */
export type UnavailableReason = "not_finished" | "too_few_screenshots" | "expired" | "not_found" | "timeout";

/** The result of a wait. */
export type WaitResult = { status: "ready"; url: string } | { status: "unavailable"; reason: UnavailableReason };

/** The progress of a download. */
export type DownloadProgress = {
  /** Bytes received. */
  received: number;
  /** Bytes announced, if any were. */
  total?: number;
};

/** Options of a download. */
export type DownloadOptions = Omit<WaitOptions, "timeout" | "onPoll"> & {
  /** Time in ms to wait for a GIF that does not exist yet; default 0. */
  timeout?: number;
  /** Called as bytes arrive; again from 0 when a broken download starts over. */
  onProgress?: (progress: DownloadProgress) => void;
};

/** Status of a task. New values may appear. */
export type TaskStatus = "created" | "running" | "finished" | "stopped" | "paused" | "failed" | (string & {});

/** One step of a task. */
export type TaskStep = {
  /** ID of the step. */
  id: string;
  /** Number of the step in the task, from 1. */
  step: number;
  /** The agent's verdict on the step before. */
  evaluation_previous_goal: string | null;
  /** The agent's goal in this step. */
  next_goal: string | null;
  /** Address of the page. */
  url: string | null;
};

/** A task of API v1. */
export type Task = {
  /** ID of the task. */
  id: string;
  /** The task in words. */
  task: string;
  /** Its status. */
  status: TaskStatus;
  /** Its result. */
  output: string | null;
  /** Its steps so far, in order. */
  steps: TaskStep[];
  /** ISO 8601; without a zone it is UTC. */
  created_at?: string | null;
  /** ISO 8601; without a zone it is UTC. */
  finished_at?: string | null;
  /** URL at which the task can be watched while it runs. */
  live_url?: string | null;
  /** Whether the task can be renamed and deleted; only `task-gif serve` has this field. */
  is_editable?: boolean;
  /** URL of the events of a running task; only `task-gif serve` has this field. */
  events_url?: string;
  /** URL of a page of the task with a preview for links; only `task-gif serve` has this field. */
  page_url?: string;
  /** Public URL of the task, if it was shared. */
  public_share_url?: string | null;
  /** Further fields of the API. */
  [name: string]: unknown;
};

/** The current state of a task, and the URLs of its screenshots. */
export type TaskUpdate = {
  /** The task with its steps so far. */
  task: Task;
  /** URLs of the screenshots so far, in the order of the steps. They are not requested, and may be on any host. */
  screenshots: string[];
};

/** Options for watching a task. */
export type WatchOptions = CallOptions & {
  /**
   * Polling interval in ms if the server has no events; default 2000. A task without any change for five minutes is
   * polled every 15 s.
   */
  interval?: number;
};

/** Options for fetching the screenshots of a task. */
export type FetchScreenshotsOptions = CallOptions & {
  /** Downloads at the same time; default 4. */
  concurrency?: number;
  /** What happens if a screenshot cannot be loaded: `"error"` (default) ends the iteration, `"skip"` leaves it out. */
  onBadFrame?: "error" | "skip";
  /** Whether new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /** Whether later screenshots follow until the task ends; default false. */
  live?: boolean;
};

/** The possible origins of the GIF, besides the options of `assembleGif`. */
export type LoadSource = {
  /** The client; without one, the GIF is made locally. */
  client?: TaskClientLike;
  /** The screenshots; default: those the API lists for the task. */
  screenshots?: Screenshots;
  /** `"server"` (default) asks the API first, `"local"` assembles first and asks the API only when that fails. */
  prefer?: "server" | "local";
  /** Time in ms to wait for a GIF that the server is still making; default 0. */
  timeout?: number;
  /** Called with the progress of downloading the server's GIF. */
  onDownload?: (progress: DownloadProgress) => void;
};

/** The reason for the origin of a GIF. */
export type LoadReason = {
  /**
   * `READY`: the server had the GIF. `PREFERRED`: `prefer` chose the origin. Otherwise the error code of the other
   * origin.
   */
  code: string;
  /** Description of the reason. */
  message: string;
  /** Why the server has no GIF, if that is the reason. */
  unavailable?: UnavailableReason;
};

/** The part of a client that `loadTaskGif` uses. */
export interface TaskClientLike {
  /** Returns the GIF of the task like `TaskClient.fetchTaskGif`. */
  fetchTaskGif(taskId: string, options?: DownloadOptions): Promise<import("../task-gif.ts").TaskGif>;
  /** Yields the screenshots like `TaskClient.fetchScreenshots`. */
  fetchScreenshots(
    taskId: string,
    options?: FetchScreenshotsOptions,
  ): AsyncIterable<import("../public-types.ts").DescribedScreenshot>;
}
