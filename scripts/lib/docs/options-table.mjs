// The option table of the sources as Markdown: the reference of all options, in www/docs/options.md.

const HEAD = ["option", "default", "what it does", "flags", "server"];
/** The table of the guide, with what an earlier one may have held. */
const TABLE = /^\| option .*(?:\n\|.*)*/m;

/** The guide with the table that belongs there now. */
export function withOptionsTable(guide, guides) {
  if (!TABLE.test(guide)) throw new Error("the guide has no table of options");
  return guide.replace(TABLE, () => optionsTable(guides));
}

/** One row for each option of `OPTION_GUIDES`. */
function optionsTable(guides) {
  const rows = guides.map(([name, { fallback, help, flags, server }]) => [
    `\`${name}\``,
    isValue(fallback) ? `\`${fallback}\`` : fallback,
    help,
    Object.entries(flags)
      .map(([flag, { value }]) => `\`--${flag}${value ? ` ${value}` : ""}\``)
      .join(" "),
    typeof server === "object" ? `up to ${server.most}` : server ? "yes" : "",
  ]);
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(HEAD), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Whether a default is written as in code, and not in words. */
export function isValue(fallback) {
  try {
    JSON.parse(fallback);
    return true;
  } catch {
    return false;
  }
}
