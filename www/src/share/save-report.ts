import type { ReportOptions } from "task-gif/report";
import { saveFile } from "../ui/save-file.ts";

/** The content of a report besides the GIF. */
export type ReportContent = Omit<ReportOptions, "gif">;

/** Saves one HTML file that contains the GIF and opens without a network. */
export async function saveHtmlReport(content: ReportContent, gif: Blob, gifName: string): Promise<void> {
  const { reportHtml } = await import("task-gif/report");
  const html = reportHtml({ ...content, gif: await gif.arrayBuffer() });
  saveFile(new Blob([html], { type: "text/html" }), gifName.replace(/\.gif$/, ".html"));
}

/** Saves the report as Markdown and the GIF, to which the report links by its file name. */
export async function saveMarkdownReport(content: ReportContent, gif: Blob, gifName: string): Promise<void> {
  const { reportMarkdown } = await import("task-gif/report");
  const markdown = reportMarkdown({ ...content, gif: gifName });
  saveFile(new Blob([markdown], { type: "text/markdown" }), gifName.replace(/\.gif$/, ".md"));
  saveFile(gif, gifName);
}
