import type { DescribedScreenshot, ImageSource, Point } from "../../../public-types.ts";
import { withoutUndefined } from "../../../task-records/json-fields.ts";
import type { PictureSize } from "../../pictures/picture-size.ts";
import type { RunWarning } from "../../run.ts";
import { captionOf } from "./describe-action.ts";
import type { LogAction, LogCall, LogEvent, LogPicture, LogPoint, LogResult } from "./log-event.ts";

/** Resolves a picture that the log only references; `undefined` if it cannot be found. */
export type FindPicture = (reference: string) => Promise<ImageSource | undefined>;

/** The screenshots of a log, and the pictures that are missing. */
export type Screenshots = { screenshots: DescribedScreenshot[]; warnings: RunWarning[] };

/** Facts that belong to the next picture. */
type Pending = {
  texts: string[];
  actions: LogAction[];
  isFailed: boolean;
  hasActed: boolean;
  url?: string | undefined;
};

/** The current turn of the model: its texts, actions and results. */
type Turn = { texts: string[]; calls: LogCall[]; results: LogResult[] };

/** Results of concurrent calls arrive in any order: the picture of the last call is used, not that of the last result. */
function inOrderOfCalls({ calls, results }: Turn): LogResult[] {
  const places = results.map(({ id }) => calls.findIndex((call) => id !== undefined && call.id === id));
  if (places.includes(-1)) return results;
  return [...results.keys()].sort((a, b) => places[a]! - places[b]!).map((i) => results[i]!);
}

const emptyPending = (): Pending => ({ texts: [], actions: [], isFailed: false, hasActed: false });
const emptyTurn = (): Turn => ({ texts: [], calls: [], results: [] });

/**
 * Returns the screenshots of a log: for each turn of the model with a picture, the last one, which shows the result of
 * its actions. The picture of a turn that only takes a screenshot shows the result of the turn before. A failed turn
 * without a picture repeats the picture before it. Cut-outs are no screenshots. A click is marked on the picture that
 * the model saw, the one before.
 */
export async function screenshotsOfTurns(
  events: readonly LogEvent[],
  showsTyped: boolean,
  find: FindPicture,
): Promise<Screenshots> {
  const reader = new TurnReader(showsTyped, find, cutOutSize(events));
  for (const event of events) await reader.add(event);
  return reader.finish();
}

class TurnReader {
  readonly #showsTyped: boolean;
  readonly #find: FindPicture;
  readonly #screenSize: PictureSize | undefined;
  readonly #screenshots: DescribedScreenshot[] = [];
  readonly #sizes: (PictureSize | undefined)[] = [];
  readonly #calls = new Map<string, LogCall>();
  readonly #missing: string[] = [];
  #unknownCalls = 0;
  #cutOuts = 0;
  #empty = 0;
  #pending = emptyPending();
  #turn = emptyTurn();

  constructor(showsTyped: boolean, find: FindPicture, screenSize: PictureSize | undefined) {
    this.#showsTyped = showsTyped;
    this.#find = find;
    this.#screenSize = screenSize;
  }

  async add(event: LogEvent): Promise<void> {
    if (event.type === "task") return;
    if (event.type === "result") {
      this.#turn.results.push(event);
      return;
    }
    if (this.#turn.results.length > 0) await this.#closeTurn();
    if (event.type === "text") this.#turn.texts.push(event.text);
    if (event.type === "call") {
      this.#turn.calls.push(event);
      if (event.id !== undefined) this.#calls.set(event.id, event);
    }
  }

  async finish(): Promise<Screenshots> {
    await this.#closeTurn();
    return { screenshots: this.#screenshots, warnings: this.#warnings() };
  }

  async #closeTurn(): Promise<void> {
    const { texts, calls } = this.#turn;
    const results = inOrderOfCalls(this.#turn);
    this.#turn = emptyTurn();
    if (results.length === 0) return;
    const actions = calls.flatMap((call) => call.actions);
    const failed = results.find(({ error }) => error !== undefined);
    const acts = failed !== undefined || actions.some(({ kind }) => kind === undefined);
    const pending = this.#pending;
    if (acts) {
      pending.texts.push(...texts);
      pending.actions.push(...actions.filter(({ kind }) => kind === undefined || failed));
      pending.isFailed ||= failed !== undefined;
      pending.hasActed = true;
    }
    const picture = await this.#lastPicture(results);
    pending.url = results.findLast(({ url }) => url !== undefined)?.url ?? pending.url;
    const shown = picture ?? (failed ? this.#repeated() : undefined);
    if (!shown) return;
    const caption = pending.hasActed
      ? (joined(pending.texts) ?? captionOf(pending.actions, this.#showsTyped))
      : (joined(texts) ?? captionOf(actions, this.#showsTyped));
    this.#push(shown, caption, pending, results);
    this.#pending = emptyPending();
  }

  #push(shown: Shown, caption: string | undefined, pending: Pending, results: readonly LogResult[]): void {
    const before = this.#screenshots.at(-1);
    const screenshot: DescribedScreenshot = withoutUndefined({
      image: shown.image,
      number: this.#screenshots.length + 1,
      caption,
      url: pending.url ?? shown.url,
      timestampMs: results.findLast(({ timestampMs }) => timestampMs !== undefined)?.timestampMs,
      failed: pending.isFailed || undefined,
    });
    const points = pending.actions.find((action) => action.points)?.points;
    // The repeated picture is the last one that the model saw.
    const seen = shown.isRepeat ? screenshot : before;
    const size = shown.isRepeat ? shown.size : this.#sizes.at(-1);
    if (points && seen) Object.assign(seen, marks(points, size));
    this.#screenshots.push(screenshot);
    this.#sizes.push(shown.size);
  }

  #repeated(): Shown | undefined {
    const before = this.#screenshots.at(-1);
    return (
      before && withoutUndefined({ image: before.image, url: before.url, size: this.#sizes.at(-1), isRepeat: true })
    );
  }

  /** Returns the last picture of the turn that shows the whole screen. */
  async #lastPicture(results: readonly LogResult[]): Promise<Shown | undefined> {
    let last: Shown | undefined;
    for (const result of results) {
      const call = result.id === undefined ? undefined : this.#calls.get(result.id);
      if (result.id !== undefined && !call) this.#unknownCalls++;
      if (!result.picture) {
        if (result.isEmpty) this.#empty++;
        continue;
      }
      if (call?.isOther) continue;
      if (this.#isCutOut(result.picture, call)) {
        this.#cutOuts++;
        continue;
      }
      last = (await this.#shown(result.picture)) ?? last;
    }
    return last;
  }

  #isCutOut(picture: LogPicture, call: LogCall | undefined): boolean {
    if (call) return call.actions.length > 0 && call.actions.every(({ kind }) => kind === "cut-out");
    if (!this.#screenSize || !("image" in picture) || !picture.size) return false;
    return picture.size.width !== this.#screenSize.width || picture.size.height !== this.#screenSize.height;
  }

  async #shown(picture: LogPicture): Promise<Shown | undefined> {
    if ("image" in picture) return picture;
    const image = await this.#find(picture.reference);
    if (image === undefined) this.#missing.push(picture.reference);
    return image === undefined ? undefined : { image };
  }

  #warnings(): RunWarning[] {
    const warnings: RunWarning[] = [];
    const [first] = this.#missing;
    if (first !== undefined) {
      const count = this.#missing.length;
      warnings.push({
        code: "PICTURE_MISSING",
        message: `${counted(count, "picture is", "pictures are")} not in the log but elsewhere (${first.slice(0, 120)}); give what they stand for with the option "resolve"`,
      });
    }
    if (this.#empty > 0) {
      warnings.push({
        code: "PICTURE_MISSING",
        message: `${counted(this.#empty, "result holds", "results hold")} nothing: whoever kept the log took the pictures out`,
      });
    }
    if (this.#unknownCalls > 0) {
      const cut =
        this.#cutOuts > 0
          ? ` ${counted(this.#cutOuts, "picture of another size was taken for a cut-out", "pictures of another size were taken for cut-outs")} and left out.`
          : "";
      warnings.push({
        code: "CALLS_MISSING",
        message: `the log holds ${counted(this.#unknownCalls, "result of a call", "results of calls")} that it does not hold: what was done is not known.${cut}`,
      });
    }
    return warnings;
  }
}

/** A picture that is shown for a turn. */
type Shown = { image: ImageSource; size?: PictureSize | undefined; url?: string | undefined; isRepeat?: boolean };

/** Returns the most common size: that of the screen, if the log does not distinguish screenshots from other pictures. */
function cutOutSize(events: readonly LogEvent[]): PictureSize | undefined {
  const counts = new Map<string, { size: PictureSize; count: number }>();
  for (const event of events) {
    if (event.type !== "result" || !event.picture || !("image" in event.picture) || !event.picture.size) continue;
    const { size } = event.picture;
    const key = `${size.width}x${size.height}`;
    counts.set(key, { size, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.size;
}

/** Joins the texts of a turn to one caption. */
function joined(texts: readonly string[]): string | undefined {
  const text = texts.join(" ").replace(/\s+/g, " ").trim();
  return text === "" ? undefined : text;
}

/** Returns a click or the path of a drag in pixels of a picture; `undefined` if it is outside. */
export function marks(
  points: readonly LogPoint[],
  size: PictureSize | undefined,
): Pick<DescribedScreenshot, "click" | "drag"> {
  const scaled: Point[] = [];
  for (const { x, y, per } of points) {
    if (per !== undefined && !size) return {};
    const left = per === undefined ? x : (x / per) * size!.width;
    const top = per === undefined ? y : (y / per) * size!.height;
    if (left < 0 || top < 0 || (size && (left > size.width || top > size.height))) return {};
    scaled.push({ left: rounded(left), top: rounded(top) });
  }
  const [first] = scaled;
  if (!first) return {};
  return scaled.length > 1 ? { drag: scaled } : { click: first };
}

/** Rounds to a hundredth of a pixel: smaller digits are rounding errors. */
const rounded = (pixels: number) => Math.round(pixels * 100) / 100;

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
