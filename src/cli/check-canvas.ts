import { resolveOptions } from "../js/options/resolve-options.ts";
import type { Options } from "../js/public-types.ts";
import { nodeCanvases } from "../node/canvas.ts";
import { CliError, EXIT } from "./errors.ts";

const PACKAGE = "@napi-rs/canvas";

/**
 * Refuses, before the work, to make a GIF without the texts that were asked for, where nothing can draw them. With
 * `--no-captions-required`, among the `values` of the command line, it is made without.
 */
export async function checkCanvas(options: Options, values: Readonly<Record<string, unknown>>): Promise<void> {
  if (values["captions-required"] === false) return;
  const { title, captions, stepNumbers, logo } = resolveOptions(options);
  const isDrawnOn = title !== undefined || captions !== undefined || stepNumbers || logo !== undefined;
  if (!isDrawnOn) return;
  const isThere = await nodeCanvases().then(
    () => true,
    () => false,
  );
  if (isThere) return;
  throw new CliError(
    "CAPTIONS_UNAVAILABLE",
    EXIT.internal,
    `captions, numbers, the title and the logo need the package ${PACKAGE}, which is not installed`,
    `${installCommand()}\n  or without them: --no-captions-required`,
  );
}

/** The command that works: with `npx` the package has to be named beside this one. */
function installCommand(): string {
  if (process.env.npm_command !== "exec") return `npm install ${PACKAGE}`;
  return `npx -p task-gif -p ${PACKAGE} task-gif ${process.argv.slice(2).map(quoted).join(" ")}`;
}

/** An argument as shells take it. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
