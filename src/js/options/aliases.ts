import { boolean, number, reject } from "./argument-checks.ts";
import { frameMs } from "./option-table.ts";

/**
 * Option names of other tools: `create_history_gif` of browser-use (snake case) and the `gif_creator` of a browser extension. They are
 * translated here; all other code uses one name for each option.
 */

/** The option names of other tools. */
export type OptionAliases = {
  /** browser-use: milliseconds for each frame; same as `delay`. */
  duration?: number;
  /** browser-use: text of the task, its first argument; same as `title`. */
  task?: string;
  /** browser-use: whether the task is shown on a title card; switches `title` or `task` on or off. */
  show_task?: boolean;
  /** browser-use: whether the goal of each step is shown over the page; same as `captions: { position: "over" }`. */
  show_goals?: boolean;
  /** browser-use: whether the logo is shown; `logo` is the picture. */
  show_logo?: boolean;
  /** browser-use; accepted without effect, since the size of text depends on the GIF. */
  font_size?: number;
  /** browser-use; accepted without effect, since the size of text depends on the GIF. */
  title_font_size?: number;
  /** browser-use; accepted without effect, since the size of text depends on the GIF. */
  goal_font_size?: number;
  /** browser-use; accepted without effect, since distances depend on the size of text. */
  margin?: number;
  /** browser-use; accepted without effect, since distances depend on the size of text. */
  line_spacing?: number;
  /** gif_creator: whether clicks are marked; same as `clickMarkers.clicks`. */
  showClickIndicators?: boolean;
  /** gif_creator: whether drags are drawn; same as `clickMarkers.paths`. */
  showDragPaths?: boolean;
  /** gif_creator: whether captions are shown; same as `captions`. */
  showActionLabels?: boolean;
  /** gif_creator: same as `progressBar`. */
  showProgressBar?: boolean;
  /** gif_creator: whether the watermark is shown; `logo` is the picture. */
  showWatermark?: boolean;
  /** gif_creator: 1 (best) to 30 (smallest); mapped to `lossy`, 0 to 100. */
  quality?: number;
};

/** The translation of an alias to an option. */
type Alias = {
  /** The option that the alias stands for. Both may not be given together, unless the alias only switches the option on or off. */
  option: string;
  /** Checks the value of the alias and returns that of the option. `others`: all options as given. */
  read: (value: unknown, path: string, others: Readonly<Record<string, unknown>>) => unknown;
  /** Turns the option on or off instead of setting it. */
  isSwitch?: true;
};

const same = (value: unknown) => value;

/** Returns an alias that switches another option on or off. */
const switchOf = (...options: string[]): Alias => ({
  option: options[0]!,
  isSwitch: true,
  read: (value, path, others) => {
    const given = options.map((name) => others[name]).find((each) => each !== undefined);
    if (!boolean(value, path)) return undefined;
    if (given === undefined) throw new TypeError(`${path}: expected ${options.join(" or ")} beside it, found none`);
    return given;
  },
});

/** Every alias. Aliases for parts of one option are merged into one value. */
const ALIASES: { [Name in keyof Required<OptionAliases>]: Alias | "without effect" } = {
  duration: { option: "delay", read: frameMs },
  task: { option: "title", read: same },
  show_task: switchOf("title", "task"),
  show_goals: { option: "captions", read: (value, path) => boolean(value, path) && { position: "over" } },
  show_logo: switchOf("logo"),
  font_size: "without effect",
  title_font_size: "without effect",
  goal_font_size: "without effect",
  margin: "without effect",
  line_spacing: "without effect",
  showClickIndicators: { option: "clickMarkers.clicks", read: boolean },
  showDragPaths: { option: "clickMarkers.paths", read: boolean },
  showActionLabels: { option: "captions", read: boolean },
  showProgressBar: { option: "progressBar", read: boolean },
  showWatermark: switchOf("logo"),
  quality: { option: "lossy", read: (value, path) => Math.round(((number(value, path, 1, 30) - 1) * 100) / 29) },
};

/** Names of other tools without a counterpart here, and what to do instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  output_path: "the GIF is returned as gif.blob; save that, or use the command line: npx task-gif make -o",
  filename: "the GIF is returned as gif.blob; give the name where it is saved",
  download: "the GIF is returned as gif.blob; gif.toUrl() is an address for a download link",
};

/** Options by their own names, and the names under which they were given, for errors. */
export type RenamedOptions = { options: Record<string, unknown>; paths: Record<string, string> };

/** Every name that `rename` knows. */
export const ALIAS_NAMES: readonly string[] = [...Object.keys(ALIASES), ...Object.keys(ELSEWHERE)];

/** Translates aliases to option names. @throws `TypeError` if an option is given twice, or has no counterpart here. */
export function rename(given: Readonly<Record<string, unknown>>): RenamedOptions {
  const options: Record<string, unknown> = {};
  const paths: Record<string, string> = {};
  const switched = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (name in ELSEWHERE) throw new TypeError(`options.${name}: ${ELSEWHERE[name]}`);
    if (!(name in ALIASES)) options[name] = value;
  }
  for (const [name, alias] of Object.entries(ALIASES) as [string, Alias | "without effect"][]) {
    const value = given[name];
    if (value === undefined) continue;
    const path = `options.${name}`;
    if (alias === "without effect") {
      number(value, path, 0, 1_000_000);
      continue;
    }
    const [option = "", part] = alias.option.split(".") as [string?, string?];
    const twin = switched.get(option);
    if (alias.isSwitch && twin !== undefined && given[twin] !== value) {
      reject(path, `the same as options.${twin}, which means the same`, value);
    }
    if (alias.isSwitch) switched.set(option, name);
    if (!alias.isSwitch && (given[option] !== undefined || (option in paths && part === undefined))) {
      reject(path, `nothing beside options.${paths[option] ?? option}, which means the same`, value);
    }
    const read = alias.read(value, path, given);
    if (part === undefined) options[option] = read;
    else options[option] = { ...(options[option] as object | undefined), [part]: read };
    paths[option] = name;
  }
  // If every part is switched off, the option is off. Parts that are not mentioned are off too.
  const marks = options.clickMarkers;
  if (typeof marks === "object" && marks !== null && "clickMarkers" in paths) {
    options.clickMarkers = { clicks: false, paths: false, ...marks };
  }
  return { options, paths };
}
