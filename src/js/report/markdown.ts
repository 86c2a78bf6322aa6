import { reject } from "../options/argument-checks.ts";
import { TIME_COLUMN } from "./format-time.ts";
import { reportContent } from "./report-content.ts";
import type { MarkdownReportOptions } from "./report-options.ts";

/**
 * Returns a report as Markdown (CommonMark with GitHub's tables), for issues, pull requests and wikis. The GIF stays a
 * separate file, at `options.gif`.
 *
 * @throws `TypeError` for wrong options, naming the option.
 */
export function reportMarkdown(options: MarkdownReportOptions): string {
  const facts = reportContent(options);
  const { gif } = options;
  if (gif !== undefined && typeof gif !== "string") reject("options.gif", "the path of the GIF", gif);
  const blocks = [`# ${line(facts.title)}`];
  if (gif) blocks.push(`![${line(`Replay: ${facts.title}`)}](${target(addressOf(gif))})`);
  if (facts.task && facts.task !== facts.title) blocks.push(quote(facts.task));
  const details = facts.status ? [["Status", facts.status] as const, ...facts.details] : facts.details;
  blocks.push(details.map(([name, value]) => `- **${name}:** ${line(value)}`).join("\n"));
  if (facts.links.length > 0) {
    blocks.push(facts.links.map(({ label, url }) => `- [${line(label)}](${target(url)})`).join("\n"));
  }
  if (facts.output) blocks.push("## Result", quote(facts.output));
  if (facts.steps.length > 0) {
    const rows = facts.steps.map(({ number, caption, address, link, time }) => {
      const page = link ? `[${line(address)}](${target(link)})` : line(address);
      return `| ${number} | ${line(caption)} | ${page} | ${time} |`;
    });
    blocks.push(
      "## Transcript",
      [`| Step | Goal | Page | ${TIME_COLUMN} |`, "| ---: | --- | --- | --- |", ...rows].join("\n"),
    );
  }
  return `${blocks.join("\n\n")}\n`;
}

/**
 * Escapes text for one line of Markdown. Characters that are markup only at the start of a line or of a word are escaped
 * only there, so that ids and dates can be copied from the source.
 */
function line(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*{}[\]<>()#!|~&$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^(?=[-+=])|^(\d+)(?=[.)])/, "$1\\")
    .replace(/(https?|www)([:.])/gi, "$1\\$2")
    .replace(/@/g, "\\@");
}

/** Returns the URL of a file path: characters that would end the path or begin an escape are percent-encoded. */
function addressOf(path: string): string {
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return path;
  return path.replace(/#|%(?![\da-f]{2})/gi, encodeURIComponent);
}

const quote = (text: string) =>
  text
    .split(/\r?\n/)
    .map((part) => `> ${line(part)}`.trimEnd())
    .join("\n");

/** Returns the target of a link in angle brackets, where only brackets and white space must be encoded. */
const target = (url: string) => `<${url.replace(/[<>\\|\s]/g, (character) => encodeURIComponent(character))}>`;
