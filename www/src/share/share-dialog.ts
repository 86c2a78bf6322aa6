import type { TaskGif } from "task-gif";
import { canCopyPictures, copyPicture, copyText } from "../ui/clipboard.ts";
import { dialog } from "../ui/dialog.ts";
import { h } from "../ui/dom.ts";
import { formatBytes, formatDuration } from "../ui/format.ts";
import { type IconName, icon } from "../ui/icons.ts";
import { segmented } from "../ui/segmented.ts";
import { toast } from "../ui/toast.ts";
import { elementSnippet, htmlSnippet, markdownSnippet, type SnippetGif } from "./embed-snippets.ts";
import { type ReportContent, saveHtmlReport, saveMarkdownReport } from "./save-report.ts";

/** A GIF with the facts for sharing it. */
export type ShareableGif = {
  gif: TaskGif;
  fileName: string;
  /** Title of the GIF. */
  title: string;
  /** URL that shows the replay to others, if there is one. */
  link: string | undefined;
  /** URL of the GIF, if it is that of the server. */
  address: string | undefined;
  /** Facts for a report besides the GIF. */
  report: ReportContent;
  /** Called when the GIF, or a report with it, was saved or sent. */
  onsave: () => void;
  /** Asks for a smaller and shorter GIF: at most `limit` megabytes and `length` seconds. */
  onlimit: (limit: SizeLimit, length: typeof SHARED_SECONDS) => void;
  /** The frame on screen, as PNG. */
  still: () => Promise<Blob | undefined>;
};

/** Size limits of mail programs, chats and issue trackers, in megabytes. */
export type SizeLimit = "10" | "5" | "1";
const LIMITS: SizeLimit[] = ["10", "5", "1"];
const MEGABYTE = 1_000_000;
/** Length in seconds of a GIF for sharing: few people watch longer ones. */
const SHARED_SECONDS = "20";

type Format = "html" | "markdown" | "element";

/** A dialog with all actions on a finished GIF besides saving it. */
export function openShareDialog(shared: ShareableGif): void {
  const fitUnder = (limit: SizeLimit) => {
    element.close();
    shared.onlimit(limit, SHARED_SECONDS);
  };
  const parts = [send(shared), size(shared.gif, fitUnder), report(shared), embed(shared)];
  const { element, open } = dialog("Share this replay", ...parts);
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  open();
}

function send({ gif, fileName, title, link, still, onsave }: ShareableGif): HTMLElement {
  const file = new File([gif.blob], fileName, { type: "image/gif" });
  const canSend = navigator.canShare?.({ files: [file] }) ?? false;
  return section(
    "Send",
    h(
      "div",
      { class: "share-actions" },
      canSend &&
        action("share", "share", "Share…", () => navigator.share({ files: [file], title }).then(onsave, () => {})),
      link !== undefined &&
        action("copy-link", "link", "Copy link", () =>
          copyText(link, "Link copied", "The browser did not allow copying; the address bar has the link", "link"),
        ),
      canCopyPictures() && action("copy-frame", "copy", "Copy frame as PNG", () => copyPicture(still())),
    ),
  );
}

function size({ blob, durationMs }: TaskGif, fitUnder: (limit: SizeLimit) => void): HTMLElement {
  const presets = LIMITS.map((limit) => {
    const fits = blob.size <= Number(limit) * MEGABYTE && durationMs <= Number(SHARED_SECONDS) * 1000;
    return h(
      "button",
      {
        class: "button",
        type: "button",
        "data-action": `fit-${limit}`,
        disabled: fits,
        title: fits ? "It is smaller and shorter already" : undefined,
        onclick: () => fitUnder(limit),
      },
      fits && icon("check"),
      `${limit} MB`,
    );
  });
  return section(
    `Fit under ${SHARED_SECONDS} s and`,
    h("div", { class: "share-actions" }, ...presets),
    h(
      "p",
      { class: "muted small-print numbers" },
      `This GIF has ${formatBytes(blob.size)} and takes ${formatDuration(durationMs)}.`,
    ),
  );
}

function report({ gif, fileName, report: content, onsave }: ShareableGif): HTMLElement {
  const save = (saving: typeof saveHtmlReport) => async () => {
    try {
      await saving(content, gif.blob, fileName);
      onsave();
    } catch (error) {
      toast(`The report could not be written: ${error instanceof Error ? error.message : error}`, { icon: "warning" });
    }
  };
  return section(
    "Report",
    h(
      "div",
      { class: "share-actions" },
      action("report-html", "file", "One HTML file", save(saveHtmlReport)),
      action("report-markdown", "file", "Markdown and GIF", save(saveMarkdownReport)),
    ),
    h(
      "p",
      { class: "muted small-print" },
      "Replay, facts and transcript. The HTML file opens without a network and prints well.",
    ),
  );
}

function embed({ gif, fileName, title, address }: ShareableGif): HTMLElement {
  const subject: SnippetGif = { address: address ?? fileName, width: gif.width, height: gif.height, alt: title };
  const formats: Record<Format, () => string> = {
    html: () => htmlSnippet(subject),
    markdown: () => markdownSnippet(subject),
    element: () => elementSnippet(subject),
  };
  const code = h("code", {}, formats.html());
  return section(
    "Embed",
    h(
      "div",
      { class: "share-row" },
      segmented<Format>({
        label: "Format",
        value: "html",
        choices: [
          { value: "html", label: "HTML" },
          { value: "markdown", label: "Markdown" },
          { value: "element", label: "Player", title: "The <task-gif> element" },
        ],
        onchange: (format) => {
          code.textContent = formats[format]();
        },
      }),
      action("copy-snippet", "copy", "Copy", () =>
        copyText(
          code.textContent ?? "",
          "Snippet copied",
          "The browser did not allow copying; select the text instead",
        ),
      ),
    ),
    h("pre", { class: "snippet", tabindex: 0, "aria-label": "Snippet" }, code),
    address === undefined &&
      h("p", { class: "muted small-print" }, `Save the GIF beside your page as ${fileName}, or put its address in.`),
  );
}

function section(title: string, ...content: (HTMLElement | false)[]): HTMLElement {
  return h("section", { class: "share-section" }, h("h3", {}, title), ...content);
}

function action(name: string, look: IconName, label: string, run: () => unknown): HTMLElement {
  return h(
    "button",
    { class: "button", type: "button", "data-action": name, onclick: () => void run() },
    icon(look),
    label,
  );
}
