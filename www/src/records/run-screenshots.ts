import type { Run } from "task-gif/runs";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";

/** The screenshots of a run for the replay editor, with their object URLs. */
export type RunScreenshots = { items: ReplayScreenshot[]; close(): void };

/** Reads the pictures of a run. Unreadable ones are kept, so that the replay editor can name them. */
export async function runScreenshots({ screenshots }: Run, onread: (done: number) => void): Promise<RunScreenshots> {
  const urls: string[] = [];
  const items: ReplayScreenshot[] = [];
  for (const [i, { image, ...about }] of screenshots.entries()) {
    const number = about.number ?? i + 1;
    const read = () => pictureOf(image);
    const blob = await read().catch(() => undefined);
    const url = blob ? URL.createObjectURL(blob) : "";
    if (blob) urls.push(url);
    items.push({
      name: `Step ${number}`,
      number,
      goal: about.caption ?? "",
      url: about.url,
      picture: url,
      file: blob ? PictureFile.of(blob) : PictureFile.from(read),
      about,
    });
    onread(i + 1);
  }
  return {
    items,
    close() {
      for (const url of urls) URL.revokeObjectURL(url);
    },
  };
}

/** Returns the picture of a screenshot: a function that reads it, or base64 in the record itself. */
export async function pictureOf(image: unknown): Promise<Blob> {
  const source: unknown = typeof image === "function" ? await image() : image;
  if (source instanceof Blob) return source;
  if (typeof source === "string" && /^https?:/i.test(source)) throw new TypeError("the record names an address only");
  return fromBase64(String(source).replace(/^data:[^,]*,/, ""));
}

/** Decodes base64 or base64url. `fetch` cannot read data: URLs under the page's content security policy. */
function fromBase64(text: string): Blob {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))]);
}
