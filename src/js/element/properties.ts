import type { Options } from "../public-types.ts";
import type { TaskGifEventMap } from "./element-types.ts";
import { copyContent, findDifference } from "./find-difference.ts";
import { optionsFromAttributes } from "./option-attributes.ts";
import { ReloadWatch } from "./reload-watch.ts";
import type { ReplayInputs } from "./replay/replay-inputs.ts";
import type { Labels } from "./view/labels.ts";

const PROPERTIES = [
  "gif",
  "screenshots",
  "recorder",
  "steps",
  "client",
  "options",
  "labels",
  "src",
  "taskId",
  "endpoint",
];

// A server has no such class, and renders nothing.
const Base = (globalThis.HTMLElement ?? class {}) as new () => EventedElement;

/** An element that knows the types of its events. */
interface EventedElement extends HTMLElement {
  addEventListener<Name extends keyof TaskGifEventMap>(
    type: Name,
    listener: (event: TaskGifEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/**
 * The attributes and properties of `<task-gif>`. All changes in one task of the event loop load the replay once. A
 * value with equal content is no change, since frameworks set new objects on every render.
 */
export abstract class PropertiesElement extends Base {
  readonly #inputs: ReplayInputs = {};
  /** Copies of the inputs at the time when they were set. */
  readonly #contents: Record<string, unknown> = {};
  readonly #reloads = new ReloadWatch();
  #options: ReplayInputs["options"];
  #labels: Partial<Labels> = {};
  #isScheduled = false;
  #isLoaded = false;

  /** Address of a GIF. */
  get src(): string {
    return this.getAttribute("src") ?? "";
  }
  set src(src: string) {
    this.#reflect("src", src);
  }

  /** ID of a task; needs `endpoint` or `client`. */
  get taskId(): string {
    return this.getAttribute("task-id") ?? "";
  }
  set taskId(id: string) {
    this.#reflect("task-id", id);
  }

  /** Base address of the task API, such as `https://host/api/v1`. */
  get endpoint(): string {
    return this.getAttribute("endpoint") ?? "";
  }
  set endpoint(endpoint: string) {
    this.#reflect("endpoint", endpoint);
  }

  /** A GIF: the result of `assembleGif`, a blob, bytes or a URL. */
  get gif(): ReplayInputs["gif"] {
    return this.#inputs.gif;
  }
  set gif(gif: ReplayInputs["gif"]) {
    this.#give("gif", gif);
  }

  /** Screenshots to be assembled here. */
  get screenshots(): ReplayInputs["screenshots"] {
    return this.#inputs.screenshots;
  }
  set screenshots(screenshots: ReplayInputs["screenshots"]) {
    this.#give("screenshots", screenshots);
  }

  /** A `GifRecorder`, whose screenshots are shown as they come, and its GIF when it is finished. */
  get recorder(): ReplayInputs["recorder"] {
    return this.#inputs.recorder;
  }
  set recorder(recorder: ReplayInputs["recorder"]) {
    this.#give("recorder", recorder);
  }

  /** Steps, if the source does not contain them: one for each screenshot or frame, or with `frame`. */
  get steps(): ReplayInputs["steps"] {
    return this.#inputs.steps;
  }
  set steps(steps: ReplayInputs["steps"]) {
    this.#give("steps", steps);
  }

  /** A `TaskClient`, for an API that wants a token; instead of `endpoint`. */
  get client(): ReplayInputs["client"] {
    return this.#inputs.client;
  }
  set client(client: ReplayInputs["client"]) {
    this.#give("client", client);
  }

  /** Options for assembling here; they count before those of attributes. */
  get options(): ReplayInputs["options"] {
    return this.#options;
  }
  set options(options: ReplayInputs["options"]) {
    this.#options = options;
    // A new callback replaces the old one without loading the replay again.
    this.#give("options", options?.onProgress ? { ...options, onProgress: this.#onProgress } : options);
  }
  readonly #onProgress: NonNullable<Options["onProgress"]> = (progress) => this.#options?.onProgress?.(progress);

  /**
   * Texts in another language; those that are missing are English. Functions are called when their text is needed.
   */
  get labels(): Partial<Labels> {
    return this.#labels;
  }
  set labels(labels: Partial<Labels>) {
    this.#labels = labels ?? {};
    const texts = Object.entries(this.#labels).map(([name, text]) => [name, typeof text === "function" || text]);
    this.#noteChange("labels", Object.fromEntries(texts));
  }

  /** @internal */
  connectedCallback(): void {
    // Properties set before the element was defined are own properties, which hide the accessors of the class.
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    // An element that was only moved keeps its replay.
    if (!this.#isLoaded) this.schedule();
  }

  /** Loads the replay of these inputs. @internal */
  protected abstract load(inputs: ReplayInputs): Promise<void> | void;

  /** Marks the replay as not loaded: the next connection loads it. @internal */
  protected forget(): void {
    this.#isLoaded = false;
  }

  /** Loads soon, if the element is in a page. @internal */
  protected schedule(): void {
    this.#isLoaded = false;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (!this.isConnected) return;
      this.#isLoaded = true;
      const { src, taskId, endpoint } = this;
      const options = { ...optionsFromAttributes(this), ...this.#inputs.options };
      void this.load({
        ...this.#inputs,
        options,
        ...(src && { src }),
        ...(taskId && { taskId }),
        ...(endpoint && { endpoint }),
      });
    });
  }

  #reflect(name: string, value: string | null | undefined): void {
    if (value == null || value === "") this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  #give<Name extends keyof ReplayInputs>(name: Name, value: ReplayInputs[Name]): void {
    this.#inputs[name] = value ?? undefined;
    this.#noteChange(name, this.#inputs[name]);
  }

  #noteChange(name: string, content: unknown): void {
    const before = this.#contents[name];
    const difference = findDifference(before, content);
    if (difference === undefined) return;
    this.#contents[name] = copyContent(content);
    // The first value is no reload.
    if (before !== undefined && this.isConnected) this.#reloads.note(name + difference);
    this.schedule();
  }
}
