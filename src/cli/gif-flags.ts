import type { Options } from "../js/public-types.ts";
import { checkCanvas } from "./check-canvas.ts";
import { OPTION_FLAGS, optionsFrom } from "./option-flags.ts";
import type { OwnFlag } from "./parse-args.ts";

const NAMES = ["captions", "max-bytes", "max-duration"];

/** Flags of `serve` and `work` for GIFs that are made without a request for other options. */
export const GIF_FLAGS: Record<string, OwnFlag> = Object.fromEntries(
  NAMES.map((name) => [name, { ...OPTION_FLAGS[name]!, help: `GIFs it makes by itself: ${OPTION_FLAGS[name]!.help}` }]),
);

/** Returns the options of these flags. Fails if captions cannot be drawn. */
export async function gifOptionsFrom(values: Readonly<Record<string, unknown>>): Promise<Options> {
  const options = optionsFrom(Object.fromEntries(NAMES.map((name) => [name, values[name]])));
  await checkCanvas(options, values);
  return options;
}
