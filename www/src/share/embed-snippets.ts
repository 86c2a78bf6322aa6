/** What a snippet needs to know of a GIF. */
export type SnippetGif = { address: string; width: number; height: number; alt: string };

/** An image element that keeps its place while it loads. */
export function htmlSnippet({ address, width, height, alt }: SnippetGif): string {
  return `<img src="${attribute(address)}" width="${width}" height="${height}" alt="${attribute(alt)}" loading="lazy">`;
}

/** The same for READMEs, issues and chats. */
export function markdownSnippet({ address, alt }: SnippetGif): string {
  const text = alt.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ");
  return `![${text}](${address.replace(/[\s()]/g, encodeURIComponent)})`;
}

/** The player of the package, with controls and keyboard. */
export function elementSnippet({ address, alt }: SnippetGif): string {
  return `<script type="module">import "task-gif/define";</script>\n<task-gif src="${attribute(address)}" alt="${attribute(alt)}"></task-gif>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
