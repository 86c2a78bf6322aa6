import { resolveOptions } from "../js/options/resolve-options.ts";
import type { Options } from "../js/public-types.ts";
import { nodeCanvases } from "../node/canvas.ts";
import { CliError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";

const PACKAGE = "@napi-rs/canvas";

/**
 * Fails before the work if the options ask for texts and no canvas can draw them. With `--no-captions-required`, in the `values` of
 * the command line, the GIF is made without texts.
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

/** Returns the command that works: `npx` needs the names of both packages. */
function installCommand(): string {
  if (process.env.npm_command !== "exec") return `npm install ${PACKAGE}`;
  return `npx -p task-gif -p ${PACKAGE} task-gif ${process.argv.slice(2).map(quoted).join(" ")}`;
}

/** Quotes an argument for a shell. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
