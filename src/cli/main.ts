import { readFile } from "node:fs/promises";
import { closestName } from "../js/options/closest-name.ts";
import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";
import { type Failure, failureOf, usageError } from "./cli-error.ts";
import type { Command, Context } from "./command.ts";
import { compare } from "./commands/compare.ts";
import { fetchCommand } from "./commands/fetch.ts";
import { inspect } from "./commands/inspect.ts";
import { make } from "./commands/make.ts";
import { poster } from "./commands/poster.ts";
import { report } from "./commands/report.ts";
import { runs } from "./commands/runs.ts";
import { serve } from "./commands/serve.ts";
import { work } from "./commands/work.ts";
import { EXIT } from "./exit-codes.ts";
import { helpOf, overview } from "./help.ts";
import { inFlags } from "./option-flags.ts";
import { removeUnfinished, writeStdout } from "./write-output.ts";

/** The commands by name. */
const COMMANDS: Readonly<Record<string, Command>> = {
  make,
  runs,
  compare,
  fetch: fetchCommand,
  inspect,
  poster,
  report,
  serve,
  work,
};

/** Runs the command line; resolves to the exit code. */
export async function main(args: string[]): Promise<number> {
  usePlatform(node);
  // The reader of the output may have closed the pipe.
  process.stdout.on("error", () => process.exit(EXIT.output));
  const [name = "--help", ...rest] = args;
  const context: Context = { files: [] };
  try {
    if (name === "--version" || name === "-v") return await say(`task-gif ${await ownVersion()}`);
    if (name === "--help" || name === "-h" || name === "help") {
      const command = COMMANDS[rest[0] ?? ""];
      return await say(command ? helpOf(command) : overview(COMMANDS));
    }
    const command = COMMANDS[name];
    if (!command) throw unknownCommand(name);
    if (rest.includes("--help") || rest.includes("-h")) return await say(helpOf(command));
    if (!command.endsItself) stopAtOnce();
    await command.run(rest, context);
    return EXIT.ok;
  } catch (error) {
    const found = error instanceof TypeError ? wrongOption(error) : failureOf(error, context.files);
    const failure = { ...found, message: inFlags(found.message) };
    await complain(failure, rest.includes("--json"));
    return failure.exit;
  }
}

/** Ends the process on SIGINT and SIGTERM, after half-written files are removed. */
function stopAtOnce(): void {
  for (const [signal, code] of [
    ["SIGINT", EXIT.interrupted],
    ["SIGTERM", 143],
  ] as const) {
    process.on(signal, () => {
      removeUnfinished();
      if (process.stderr.isTTY) process.stderr.write("\n");
      process.exit(code);
    });
  }
}

/** Converts a `TypeError`: to a usage error if its message names an option; any other is a fault of this program. */
function wrongOption(error: TypeError): Failure {
  return failureOf(inFlags(error.message) === error.message ? error : usageError(error.message));
}

async function complain(failure: Failure, json: boolean): Promise<void> {
  const { exit: _, ...told } = failure;
  if (json) await writeStdout(`${JSON.stringify({ error: told }, null, 2)}\n`);
  const remedy = failure.remedy ? `\n  ${failure.remedy}` : "";
  process.stderr.write(`task-gif: ${failure.code}: ${failure.message}${remedy}\n`);
}

async function say(text: string): Promise<number> {
  await writeStdout(`${text}\n`);
  return EXIT.ok;
}

function unknownCommand(name: string): Error {
  const meant = closestName(name, Object.keys(COMMANDS));
  return usageError(`there is no command ${name}`, meant ? `did you mean task-gif ${meant}?` : undefined);
}

async function ownVersion(): Promise<string> {
  const manifest = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
