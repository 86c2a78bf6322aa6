import type { Options } from "task-gif";

/** The choices of the options panel, as plain values that can be stored. */
export type SavedOptions = {
  /** Preferred origin of the GIF if there is an endpoint. The other options are for GIFs assembled here. */
  source: "server" | "local";
  /** Whether whole pages are shown, or a close-up of each step. */
  camera: "whole" | "follow";
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
  /** Maximum length of one play in seconds. */
  length: "none" | "30" | "20" | "10";
  speed: "1" | "1.5" | "2";
  /** Maximum size of the file in megabytes. */
  limit: "none" | "10" | "5" | "1";
  effort: "fast" | "balanced" | "smallest";
  /** Exact colors, at a cost in bytes; no effect on steps whose colors fit one palette. */
  colors: "automatic" | "exact";
  scale: "1" | "0.75" | "0.5";
  keepDuplicates: boolean;
};

const KEY = "task-gif.options";
/** Bytes of a megabyte, as in file managers and mail programs. */
const MEGABYTE = 1_000_000;

/** Defaults of the first visit: captions, and a file that can be sent by mail. */
export const defaultOptions: SavedOptions = {
  source: "server",
  camera: "whole",
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

/** Allowed values: an older version of the page may have stored others. */
const known: { [Name in keyof SavedOptions]?: readonly SavedOptions[Name][] } = {
  source: ["server", "local"],
  camera: ["whole", "follow"],
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

/** Text of the title card, and whether the screenshots have captions. */
export type Texts = { title: string; hasCaptions: boolean };

/**
 * Converts saved options to options of the library. Captions are off if no screenshot has one, since the bar would be
 * empty.
 */
export function toOptions(saved: SavedOptions, { title, hasCaptions }: Texts): Options {
  return {
    ...(hasCaptions && saved.captions !== "off" && { captions: { position: saved.captions } }),
    ...(saved.titleCard && { title }),
    ...(saved.camera === "follow" && { camera: saved.camera }),
    stepNumbers: saved.stepNumbers,
    progressBar: saved.progressBar,
    clickMarkers: saved.clickMarkers,
    delay: saved.timing === "readable" ? "readable" : saved.fixedMs,
    repeat: saved.plays === "infinite" ? "infinite" : 1,
    ...(saved.length !== "none" && { maxDuration: Number(saved.length) * 1000 }),
    ...(saved.speed !== "1" && { speed: Number(saved.speed) }),
    ...(saved.limit !== "none" && { maxBytes: Number(saved.limit) * MEGABYTE }),
    effort: saved.effort,
    ...(saved.colors === "exact" && { lossy: 0 }),
    ...(saved.scale !== "1" && { scale: Number(saved.scale) }),
    keepDuplicates: saved.keepDuplicates,
  };
}

/** Returns the stored options. */
export function readSavedOptions(): SavedOptions {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { ...defaultOptions, ...understood(stored) };
  } catch {
    return defaultOptions;
  }
}

/** Stores the options for the next visit. */
export function saveOptions(saved: SavedOptions): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved));
  } catch {
    // Storage may be forbidden; the options then last as long as the page.
  }
}

/** Returns the stored options that are still valid. */
function understood(stored: unknown): Partial<SavedOptions> {
  if (typeof stored !== "object" || stored === null) return {};
  const entries = Object.entries(stored).filter(([name, value]) => {
    const option = name as keyof SavedOptions;
    const choices: readonly unknown[] | undefined = known[option];
    return choices ? choices.includes(value) : typeof value === typeof defaultOptions[option];
  });
  return Object.fromEntries(entries);
}
