/** The facts of a GIF for a snippet. */
export type SnippetGif = { address: string; width: number; height: number; alt: string };

/** Returns an image element with fixed size, so that the page does not shift when it loads. */
export function htmlSnippet({ address, width, height, alt }: SnippetGif): string {
  return `<img src="${attribute(address)}" width="${width}" height="${height}" alt="${attribute(alt)}" loading="lazy">`;
}

/** Returns the image in Markdown. */
export function markdownSnippet({ address, alt }: SnippetGif): string {
  const text = alt.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ");
  return `![${text}](${address.replace(/[\s()]/g, encodeURIComponent)})`;
}

/** Returns a `<task-gif>` player. */
export function elementSnippet({ address, alt }: SnippetGif): string {
  return `<script type="module">import "task-gif/define";</script>\n<task-gif src="${attribute(address)}" alt="${attribute(alt)}"></task-gif>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
