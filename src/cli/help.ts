import type { Command } from "./command.ts";
import { OPTION_FLAGS } from "./option-flags.ts";
import type { OwnFlag } from "./parse-args.ts";

/** Flags of all commands. */
const COMMON: Record<string, OwnFlag> = { help: { short: "h", help: "this text" } };

/** Returns the help of the whole program. */
export function overview(commands: Readonly<Record<string, Command>>): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  const examples = Object.values(commands).map(({ examples: [first] }) => first!);
  return [
    "task-gif makes one GIF of the screenshots of a browser agent's task.",
    section("Learn by example", table(examples)),
    section("Commands", table(rows)),
    "task-gif COMMAND --help shows more examples and all flags; task-gif --version says which this is.",
  ].join("\n\n");
}

/** Returns the help of one command. */
export function helpOf({ summary, synopsis, flags, withOptions, examples, notes }: Command): string {
  return [
    `task-gif ${synopsis}\n\n  ${summary}`,
    section("Learn by example", examples.map(([line, effect]) => `  # ${effect}\n  ${line}`).join("\n\n")),
    section("Flags", flagTable({ ...flags, ...COMMON })),
    ...(withOptions ? [section("Options of the GIF", flagTable(OPTION_FLAGS))] : []),
    ...(notes ? [notes] : []),
  ].join("\n\n");
}

function flagTable(flags: Readonly<Record<string, OwnFlag>>): string {
  return table(
    Object.entries(flags).map(([name, { value, short, help }]) => [
      `${short ? `-${short}, ` : "    "}--${name}${value ? ` ${value}` : ""}`,
      help,
    ]),
  );
}

const section = (title: string, body: string) => `${title}:\n\n${body}`;

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join("\n");
}
