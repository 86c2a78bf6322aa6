import type { Options } from "task-gif";

/** What the options panel asks for, as simple values that can be remembered. */
export type Wishes = {
  /** Which GIF is wanted where the endpoint may have one. The other options are for GIFs that are made here. */
  source: "server" | "local";
  captions: "off" | "below" | "over";
  /** A card with the task in front. */
  titleCard: boolean;
  stepNumbers: boolean;
  progressBar: boolean;
  clickMarkers: boolean;
  timing: "readable" | "fixed";
  /** Milliseconds of each frame when timing is fixed. */
  fixedMs: number;
  plays: "infinite" | "1";
  /** Most seconds of one play. */
  length: "none" | "30" | "20" | "10";
  speed: "1" | "1.5" | "2";
  /** Most megabytes of the file. */
  limit: "none" | "10" | "5" | "1";
  effort: "fast" | "balanced" | "smallest";
  /** Exact colors cost bytes: nothing is changed where the colors of a step fit a palette. */
  colors: "automatic" | "exact";
  scale: "1" | "0.75" | "0.5";
  keepDuplicates: boolean;
};

const KEY = "task-gif.wishes";
/** As file managers and mail programs count. */
const MEGABYTE = 1_000_000;

/** What a first visitor gets: captions, and a file that can be sent by mail. */
export const defaultWishes: Wishes = {
  source: "server",
  captions: "below",
  titleCard: false,
  stepNumbers: false,
  progressBar: false,
  clickMarkers: false,
  timing: "readable",
  fixedMs: 1500,
  plays: "infinite",
  length: "none",
  speed: "1",
  limit: "10",
  effort: "balanced",
  colors: "automatic",
  scale: "1",
  keepDuplicates: false,
};

/** What an older version of the page may have stored has to be one of these. */
const known: { [Name in keyof Wishes]?: readonly Wishes[Name][] } = {
  source: ["server", "local"],
  captions: ["off", "below", "over"],
  timing: ["readable", "fixed"],
  plays: ["infinite", "1"],
  length: ["none", "30", "20", "10"],
  speed: ["1", "1.5", "2"],
  limit: ["none", "10", "5", "1"],
  effort: ["fast", "balanced", "smallest"],
  colors: ["automatic", "exact"],
  scale: ["1", "0.75", "0.5"],
};

/** What there is to say about the screenshots: the text of a title card, and whether there are captions. */
export type Texts = { title: string; hasCaptions: boolean };

/** The wishes as options of the library. Without any text a bar for captions would stay empty. */
export function toOptions(wishes: Wishes, { title, hasCaptions }: Texts): Options {
  return {
    ...(hasCaptions && wishes.captions !== "off" && { captions: { position: wishes.captions } }),
    ...(wishes.titleCard && { title }),
    stepNumbers: wishes.stepNumbers,
    progressBar: wishes.progressBar,
    clickMarkers: wishes.clickMarkers,
    delay: wishes.timing === "readable" ? "readable" : wishes.fixedMs,
    repeat: wishes.plays === "infinite" ? "infinite" : 1,
    ...(wishes.length !== "none" && { maxDuration: Number(wishes.length) * 1000 }),
    ...(wishes.speed !== "1" && { speed: Number(wishes.speed) }),
    ...(wishes.limit !== "none" && { maxBytes: Number(wishes.limit) * MEGABYTE }),
    effort: wishes.effort,
    ...(wishes.colors === "exact" && { lossy: 0 }),
    ...(wishes.scale !== "1" && { scale: Number(wishes.scale) }),
    keepDuplicates: wishes.keepDuplicates,
  };
}

/** The wishes of the last visit. */
export function rememberedWishes(): Wishes {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { ...defaultWishes, ...understood(stored) };
  } catch {
    return defaultWishes;
  }
}

/** Keeps the wishes for the next visit. */
export function rememberWishes(wishes: Wishes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(wishes));
  } catch {
    // Storage may be forbidden; the wishes then last as long as the page.
  }
}

/** Those of the stored wishes that still mean something. */
function understood(stored: unknown): Partial<Wishes> {
  if (typeof stored !== "object" || stored === null) return {};
  const entries = Object.entries(stored).filter(([name, value]) => {
    const wish = name as keyof Wishes;
    const choices: readonly unknown[] | undefined = known[wish];
    return choices ? choices.includes(value) : typeof value === typeof defaultWishes[wish];
  });
  return Object.fromEntries(entries);
}
