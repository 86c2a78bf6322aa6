/**
 * Reports of a replay: one HTML file that needs nothing else, or Markdown with the GIF beside it. Nothing of the
 * assembler is loaded for it.
 *
 * @packageDocumentation
 */
export { reportHtml } from "../../js/report/html.ts";
export { reportMarkdown } from "../../js/report/markdown.ts";
export type { MarkdownReportOptions, ReportOptions, ReportStep, ReportTask } from "../../js/report/report-options.ts";
