import type { Options } from "task-gif";

/** What the options panel asks for, as simple values that can be remembered. */
export type Wishes = {
  /** Which GIF is wanted where the endpoint may have one. The other options are for GIFs that are made here. */
  source: "server" | "local";
  timing: "readable" | "fixed";
  /** Milliseconds of each frame when timing is fixed. */
  fixedMs: number;
  effort: "fast" | "balanced" | "smallest";
  /** Exact colors cost bytes: nothing is changed where the colors of a step fit a palette. */
  colors: "automatic" | "exact";
  scale: "1" | "0.75" | "0.5";
  plays: "infinite" | "1";
  keepDuplicates: boolean;
};

const KEY = "task-gif.wishes";

/** What a first visitor gets. */
export const defaultWishes: Wishes = {
  source: "server",
  timing: "readable",
  fixedMs: 1500,
  effort: "balanced",
  colors: "automatic",
  scale: "1",
  plays: "infinite",
  keepDuplicates: false,
};

/** The wishes as options of the library. */
export function toOptions(wishes: Wishes): Options {
  return {
    delay: wishes.timing === "readable" ? "readable" : wishes.fixedMs,
    effort: wishes.effort,
    ...(wishes.colors === "exact" && { lossy: 0 }),
    ...(wishes.scale !== "1" && { scale: Number(wishes.scale) }),
    repeat: wishes.plays === "infinite" ? "infinite" : 1,
    keepDuplicates: wishes.keepDuplicates,
  };
}

/** The wishes of the last visit. */
export function rememberedWishes(): Wishes {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return checked({ ...defaultWishes, ...(stored as Partial<Wishes>) });
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

/** An older version of the page may have stored values that mean nothing any more. */
function checked(wishes: Wishes): Wishes {
  const known =
    ["server", "local"].includes(wishes.source) &&
    ["readable", "fixed"].includes(wishes.timing) &&
    ["fast", "balanced", "smallest"].includes(wishes.effort) &&
    ["automatic", "exact"].includes(wishes.colors) &&
    ["1", "0.75", "0.5"].includes(wishes.scale) &&
    ["infinite", "1"].includes(wishes.plays) &&
    Number.isFinite(wishes.fixedMs);
  return known ? wishes : defaultWishes;
}
