import type { OptionName } from "./option-table.ts";

/**
 * The columns of the option table for the command line, the server, the dashboard and the reference. They are separate from
 * `option-table.ts`, which pages load; the compiler checks that both have the same names.
 */

/** Syntax of the value of a flag. Without one, the text is the value. */
export type FlagSyntax = "number" | "bytes" | "duration" | "steps" | "limits" | "file";

/** One flag of the command line. */
export type FlagGuide = {
  /** Placeholder of the value in the help, such as `PX`; a flag without it is a switch. */
  value?: string;
  syntax?: FlagSyntax;
  /** The part of the option that it sets, as `position` of `captions`; default: all of it. */
  part?: string;
  /** Description in one line; default: that of the option. */
  help?: string;
  /** The default of the part, as for options. */
  fallback?: string;
};

/** The guide row of one option. */
export type OptionGuide = {
  /** The default as text: a value as in code, or a few words. May be empty. */
  fallback: string;
  /** Description in one line. */
  help: string;
  /** Its flags by name; none for an option that only programs can set. */
  flags: Readonly<Record<string, FlagGuide>>;
  /** Whether a request to the server may set it, and the largest allowed number. */
  server: boolean | { most: number };
  /** Whether the dashboard offers it and stores it for the next visit. */
  dashboard: boolean;
};

/** Largest width and height in pixels that a request to the server may set: larger ones are expensive and useless. */
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
    help: "maximum length of one play, as in 20s: steps that change least are left out",
    flags: { "max-duration": { value: "TIME", syntax: "duration" } },
    server: true,
    dashboard: true,
  },
  speed: {
    fallback: "1",
    help: "speed of the GIF, as in 1.5; divides all delays, explicit ones too",
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
    help: "follow shows a close-up of each step, in the page's own pixels; the GIF is half as wide, unless its size is set",
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
    help: "maximum size, as in 10MB (1 MB is 1,000,000 bytes): the best GIF that fits",
    flags: { "max-bytes": { value: "SIZE", syntax: "bytes" } },
    server: true,
    dashboard: true,
  },
  effort: {
    fallback: '"balanced"',
    help: "computing effort for a smaller file: fast, balanced or smallest",
    flags: { effort: { value: "HOW" } },
    server: true,
    dashboard: true,
  },
  lossy: {
    fallback: "by effort",
    help: "loss of quality for a smaller file, 0 (none) to 100",
    flags: { lossy: { value: "0-100", syntax: "number" } },
    server: true,
    dashboard: true,
  },
  maxColors: {
    fallback: "256",
    help: "maximum number of colors of a palette",
    flags: { "max-colors": { value: "2-256", syntax: "number" } },
    server: true,
    dashboard: false,
  },
  dither: {
    fallback: '"auto"',
    help: "auto dithers smooth areas whose colors do not fit the palette; none never does",
    flags: { dither: { value: "HOW" } },
    server: true,
    dashboard: false,
  },
  colors: {
    fallback: '"auto"',
    help: "rich shows a step with too many colors as two images; auto as one",
    flags: { colors: { value: "HOW" } },
    server: true,
    dashboard: false,
  },
  title: {
    fallback: "none",
    help: "text of a title card before the first step, such as the task",
    flags: { title: { value: "TEXT" } },
    server: true,
    dashboard: true,
  },
  captions: {
    fallback: "false",
    help: "each step shows its caption",
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
        help: "maximum number of lines of a caption, 1 to 12",
      },
      "captions-required": {
        part: "required",
        help: "fail if captions, numbers, title or logo cannot be drawn; here the default",
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
    help: "a bar at the bottom shows the progress of the GIF",
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
    help: "store the list of steps in the GIF, for players",
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
    help: "identical consecutive screenshots stay separate frames",
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
    help: "avoid features that old viewers show wrongly",
    flags: { compat: {} },
    server: true,
    dashboard: false,
  },
  onBadFrame: {
    fallback: '"error"',
    help: "effect of an unreadable screenshot: error ends the work, skip leaves it out and reports it",
    flags: { "on-bad-frame": { value: "HOW" } },
    server: false,
    dashboard: false,
  },
  minFrames: {
    fallback: "2",
    help: "minimum number of screenshots; 1 with steps or onlyFailed",
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
    help: "limits for the input, as in inputBytes=10MB,frames=500",
    flags: { limits: { value: "NAME=N,...", syntax: "limits" } },
    server: false,
    dashboard: false,
  },
  signal: { fallback: "", help: "aborts the assembly", flags: {}, server: false, dashboard: false },
  onProgress: {
    fallback: "",
    help: "called with the progress of the assembly",
    flags: {},
    server: false,
    dashboard: false,
  },
} as const satisfies Record<OptionName, OptionGuide>;

/** The guide rows as a list of name and row. */
export const OPTION_GUIDES: readonly (readonly [OptionName, OptionGuide])[] = Object.entries(OPTION_GUIDE) as never;

/** Options that a request to the server may choose. */
export const SERVER_OPTIONS: readonly OptionName[] = OPTION_GUIDES.filter(([, { server }]) => server).map(
  ([name]) => name,
);
