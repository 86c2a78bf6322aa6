import type { OptionName } from "./option-table.ts";

/**
 * The columns of the option table that only the command line, the server, the dashboard and the reference need. Kept
 * apart from `option-table.ts`, since a page that makes GIFs loads that one; the compiler holds both to the same names.
 */

/** How the text of a flag is read. Without one, the text is the value. */
export type FlagSyntax = "number" | "bytes" | "duration" | "steps" | "limits" | "file";

/** One flag of the command line. */
export type FlagGuide = {
  /** What stands for the value in the help, such as `PX`; a flag without it is on or off. */
  value?: string;
  syntax?: FlagSyntax;
  /** The part of the option that it sets, as `position` of `captions`; default: all of it. */
  part?: string;
  /** What it does, in one line; default: what the option does. */
  help?: string;
  /** The default of the part, as for options. */
  fallback?: string;
};

/** The guide row of one option. */
export type OptionGuide = {
  /** The default as text: a value as in code, or a few words. Empty if there is nothing to say. */
  fallback: string;
  /** What it does, in one line. */
  help: string;
  /** Its flags by name. None where only a program can give it. */
  flags: Readonly<Record<string, FlagGuide>>;
  /** Whether a request may choose it for a GIF that the server makes, and the largest number that it may ask for. */
  server: boolean | { most: number };
  /** Whether the dashboard offers it, and keeps the choice for the next visit. */
  dashboard: boolean;
};

/** Largest width and height that a request to the server may ask for, in pixels: larger ones cost much and help nobody. */
const SERVER_MOST_PX = 4096;

/** The guide rows of all options, in the order of the help. */
export const OPTION_GUIDE = {
  delay: {
    fallback: '"readable"',
    help: "milliseconds for each screenshot, at least 20; or readable: as long as its change and caption need",
    flags: { delay: { value: "MS", syntax: "number" } },
    server: true,
    dashboard: true,
  },
  maxDuration: {
    fallback: "no limit",
    help: "most time that one play takes, as in 20s: the most telling GIF that is no longer",
    flags: { "max-duration": { value: "TIME", syntax: "duration" } },
    server: true,
    dashboard: true,
  },
  speed: {
    fallback: "1",
    help: "how fast it plays, as in 1.5; divides all times, those that are asked for too",
    flags: { speed: { value: "FACTOR", syntax: "number" } },
    server: true,
    dashboard: true,
  },
  repeat: {
    fallback: '"infinite"',
    help: "number of plays, or infinite",
    flags: { repeat: { value: "N", syntax: "number" } },
    server: true,
    dashboard: true,
  },
  width: {
    fallback: "the largest screenshot",
    help: "width of the GIF in pixels; screenshots are never enlarged",
    flags: { width: { value: "PX", syntax: "number" } },
    server: { most: SERVER_MOST_PX },
    dashboard: false,
  },
  height: {
    fallback: "the largest screenshot",
    help: "height of the GIF in pixels",
    flags: { height: { value: "PX", syntax: "number" } },
    server: { most: SERVER_MOST_PX },
    dashboard: false,
  },
  scale: {
    fallback: "1",
    help: "size as a factor, as in 0.5",
    flags: { scale: { value: "FACTOR", syntax: "number" } },
    server: { most: 1 },
    dashboard: true,
  },
  camera: {
    fallback: '"whole"',
    help: "follow goes near to where each step happens, in the page's own pixels; the GIF is half as wide, unless its size is set",
    flags: { camera: { value: "HOW" } },
    server: true,
    dashboard: true,
  },
  background: {
    fallback: '"#fff"',
    help: "color beside smaller screenshots and behind transparent ones, as in #fff",
    flags: { background: { value: "COLOR" } },
    server: true,
    dashboard: false,
  },
  fit: {
    fallback: '"contain"',
    help: "contain scales larger screenshots down and centers all; none: top left, never scaled",
    flags: { fit: { value: "HOW" } },
    server: true,
    dashboard: false,
  },
  maxBytes: {
    fallback: "no limit",
    help: "most bytes, as in 10MB (1 MB is 1,000,000 bytes): the best GIF that fits",
    flags: { "max-bytes": { value: "SIZE", syntax: "bytes" } },
    server: true,
    dashboard: true,
  },
  effort: {
    fallback: '"balanced"',
    help: "how hard to look for fewer bytes: fast, balanced or smallest",
    flags: { effort: { value: "HOW" } },
    server: true,
    dashboard: true,
  },
  lossy: {
    fallback: "by effort",
    help: "loss in exchange for bytes, 0 (none) to 100",
    flags: { lossy: { value: "0-100", syntax: "number" } },
    server: true,
    dashboard: true,
  },
  maxColors: {
    fallback: "256",
    help: "colors of a palette",
    flags: { "max-colors": { value: "2-256", syntax: "number" } },
    server: true,
    dashboard: false,
  },
  dither: {
    fallback: '"auto"',
    help: "auto dithers smooth areas that a palette is too short for; none never does",
    flags: { dither: { value: "HOW" } },
    server: true,
    dashboard: false,
  },
  colors: {
    fallback: '"auto"',
    help: "rich shows a step with too many colors as two frames; auto as one",
    flags: { colors: { value: "HOW" } },
    server: true,
    dashboard: false,
  },
  title: {
    fallback: "none",
    help: "text of a card in front that says what the task is",
    flags: { title: { value: "TEXT" } },
    server: true,
    dashboard: true,
  },
  captions: {
    fallback: "false",
    help: "each step says what it is about",
    flags: {
      captions: {},
      "caption-position": {
        value: "HOW",
        part: "position",
        fallback: '"below"',
        help: "below the page, or over it",
      },
      "caption-theme": { value: "HOW", part: "theme", fallback: '"auto"', help: "light, dark, or auto by background" },
      "caption-font": { value: "NAMES", part: "fontFamily", help: "fonts of captions, as in CSS" },
      "caption-lines": {
        value: "N",
        syntax: "number",
        part: "maxLines",
        fallback: "2",
        help: "most lines of a caption, 1 to 12",
      },
      "captions-required": {
        part: "required",
        help: "fail where captions, numbers, title or logo cannot be drawn; here the default",
      },
    },
    server: true,
    dashboard: true,
  },
  stepNumbers: {
    fallback: "false",
    help: "each step shows its number, as in 3 / 12",
    flags: { "step-numbers": {} },
    server: true,
    dashboard: true,
  },
  progressBar: {
    fallback: "false",
    help: "a bar at the bottom shows how far the GIF has come",
    flags: { "progress-bar": {} },
    server: true,
    dashboard: true,
  },
  clickMarkers: {
    fallback: "false",
    help: "clicks and drags are marked",
    flags: { "click-markers": {} },
    server: true,
    dashboard: true,
  },
  logo: {
    fallback: "none",
    help: "a picture on every step",
    flags: { logo: { value: "FILE", syntax: "file" } },
    server: false,
    dashboard: false,
  },
  embedSteps: {
    fallback: "false",
    help: "put the list of steps into the GIF, for players",
    flags: { "embed-steps": {} },
    server: true,
    dashboard: false,
  },
  steps: {
    fallback: "all",
    help: "only these steps, as in 3,5-7",
    flags: { steps: { value: "N,N-N", syntax: "steps" } },
    server: true,
    dashboard: false,
  },
  onlyFailed: {
    fallback: "false",
    help: "only steps that failed",
    flags: { "only-failed": {} },
    server: true,
    dashboard: false,
  },
  keepDuplicates: {
    fallback: "false",
    help: "identical neighbors stay separate frames",
    flags: { "keep-duplicates": {} },
    server: true,
    dashboard: true,
  },
  skipBlank: {
    fallback: "true",
    help: "blank screenshots and new tabs are left out",
    flags: { "skip-blank": {} },
    server: true,
    dashboard: false,
  },
  compat: {
    fallback: "false",
    help: "avoid what old viewers get wrong",
    flags: { compat: {} },
    server: true,
    dashboard: false,
  },
  onBadFrame: {
    fallback: '"error"',
    help: "what an unreadable screenshot does: error ends the work, skip leaves it out and reports it",
    flags: { "on-bad-frame": { value: "HOW" } },
    server: false,
    dashboard: false,
  },
  minFrames: {
    fallback: "2",
    help: "fewest screenshots that make a GIF; 1 beside steps or onlyFailed",
    flags: { "min-frames": { value: "N", syntax: "number" } },
    server: true,
    dashboard: false,
  },
  workers: {
    fallback: "as many as help, by memory",
    help: "worker threads; the result does not depend on it",
    flags: { workers: { value: "N", syntax: "number" } },
    server: false,
    dashboard: false,
  },
  limits: {
    fallback: "",
    help: "upper bounds for the input, as in inputBytes=10MB,frames=500",
    flags: { limits: { value: "NAME=N,...", syntax: "limits" } },
    server: false,
    dashboard: false,
  },
  signal: { fallback: "", help: "aborts the assembly", flags: {}, server: false, dashboard: false },
  onProgress: { fallback: "", help: "called as the assembly proceeds", flags: {}, server: false, dashboard: false },
} as const satisfies Record<OptionName, OptionGuide>;

/** The guide rows as a list of name and row. */
export const OPTION_GUIDES: readonly (readonly [OptionName, OptionGuide])[] = Object.entries(OPTION_GUIDE) as never;

/** Options that a request to the server may choose. */
export const SERVER_OPTIONS: readonly OptionName[] = OPTION_GUIDES.filter(([, { server }]) => server).map(
  ([name]) => name,
);
