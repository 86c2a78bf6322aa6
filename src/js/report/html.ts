import { integer, reject } from "../options/argument-checks.ts";
import { bytesOf, dataUrl } from "./data-url.ts";
import { TIME_COLUMN } from "./format-time.ts";
import { type ReportContent, reportContent, type TranscriptStep } from "./report-content.ts";
import type { ReportOptions } from "./report-options.ts";
import { STILL_WIDTH, STILL_WIDTHS, stillUrl } from "./still.ts";
import { STYLE } from "./style.ts";

/** Content security policy: the file loads nothing and runs no script, whatever it contains. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Returns a report as one HTML file with GIF, facts and transcript. The file needs neither network nor scripts, follows the
 * light or dark theme, and can be printed. All text is escaped, and only http and https URLs become links. The same options
 * give the same text.
 *
 * @throws `TypeError` for wrong options, naming the option.
 */
export function reportHtml(options: ReportOptions): string {
  const facts = reportContent(options);
  const picture = options.gif === undefined ? undefined : pictureOf(options.gif);
  const { stillWidth = STILL_WIDTH } = options;
  integer(stillWidth, "options.stillWidth", ...STILL_WIDTHS);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="task-gif">
<title>${escaped(facts.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${[heading(facts), picture && replay(picture, facts), result(facts), transcript(facts.steps, stillWidth)].filter(Boolean).join("\n")}
</main>
</body>
</html>
`;
}

type EmbeddedImage = { url: string; width: number; height: number };

function pictureOf(gif: unknown): EmbeddedImage {
  const bytes = bytesOf(gif) ?? reject("options.gif", "the bytes of a GIF", gif);
  if (bytes.length < 13 || !/^GIF8[79]a/.test(String.fromCharCode(...bytes.subarray(0, 6)))) {
    throw new TypeError("options.gif: expected the bytes of a GIF, found other bytes");
  }
  const side = (at: number) => bytes[at]! | (bytes[at + 1]! << 8);
  return { url: dataUrl("image/gif", bytes), width: side(6), height: side(8) };
}

function heading({ title, task, status, mood, details, links }: ReportContent): string {
  const badge = status ? `<p class="status ${mood}">${escaped(status)}</p>\n` : "";
  const goal = task && task !== title ? `<p class="task" dir="auto">${escaped(task)}</p>\n` : "";
  const facts = details.map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`).join("\n");
  const list = links.map(({ label, url }) => `<li>${anchor(url, label)}</li>`).join("\n");
  return `<header>
${badge}<h1 dir="auto">${escaped(title)}</h1>
${goal}<dl>
${facts}
</dl>${list && `\n<ul class="links">\n${list}\n</ul>`}
</header>`;
}

// Without scripts, only a check box can stop a GIF. It is off initially for readers who prefer reduced motion.
function replay({ url, width, height }: EmbeddedImage, { steps }: ReportContent): string {
  const told = steps.length > 0 ? "; the transcript below tells its steps" : "";
  return `<figure class="replay">
<input type="checkbox" id="switch">
<label for="switch"><span class="off">Hide the moving picture</span><span class="on">Show the moving picture</span></label>
<img src="${url}" width="${width}" height="${height}" alt="Replay of the task${told}">
</figure>`;
}

function result({ output }: ReportContent): string {
  if (!output) return "";
  return `<section aria-labelledby="result">
<h2 id="result">Result</h2>
<p class="output" dir="auto">${escaped(output)}</p>
</section>`;
}

// Explicit roles: on narrow screens the rows are laid out as blocks, and browsers then drop the implicit roles.
function transcript(steps: readonly TranscriptStep[], stillWidth: number): string {
  if (steps.length === 0) return "";
  // An empty column would look like a mistake.
  const hasTimes = steps.some(({ time }) => time !== "");
  const columns = ["Step", "Goal", "Page", ...(hasTimes ? [TIME_COLUMN] : [])];
  const rows = steps.map(({ number, caption, address, link, time, moment, still }, i) => {
    const page = link ? anchor(link, address) : escaped(address);
    const when = moment ? `<time datetime="${moment}">${time}</time>` : "";
    const picture = still === undefined ? "" : `<img class="still" src="${stillUrl(still, i)}" alt="" loading="lazy">`;
    const cells = `<th scope="row" role="rowheader">${number}</th><td role="cell" dir="auto">${escaped(caption)}${picture}</td><td role="cell" class="page">${page}</td>`;
    return `<tr role="row">${cells}${hasTimes ? `<td role="cell" class="time">${when}</td>` : ""}</tr>`;
  });
  const hasStills = steps.some(({ still }) => still !== undefined);
  return `<section aria-labelledby="transcript"${hasStills ? ` class="stills" style="--still: ${stillWidth}px"` : ""}>
<h2 id="transcript">Transcript</h2>
<table role="table">
<thead role="rowgroup"><tr role="row">${columns.map((name) => `<th scope="col" role="columnheader">${name}</th>`).join("")}</tr></thead>
<tbody role="rowgroup">
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

const anchor = (url: string, label: string) =>
  `<a href="${escaped(url)}" rel="noopener noreferrer nofollow" dir="ltr">${escaped(label)}</a>`;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escapes text for content and attributes, and drops control characters, which are not allowed in either. */
function escaped(text: string): string {
  return text.replace(/[^\t\n\r\x20-\x7e\xa0-\uffff]/g, "").replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
