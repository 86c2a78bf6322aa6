import type { Run } from "task-gif/runs";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { ReplayScreenshot } from "../replay/screenshot.ts";

/** The screenshots of a run in the replay editor, with their object URLs. */
export type RunScreenshots = { items: ReplayScreenshot[]; close(): void };

/** Reads the pictures of a run. One that cannot be read stays, so that the replay editor says which it is. */
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

/** The picture of a screenshot of a record: read on demand, or text of the record itself. */
export async function pictureOf(image: unknown): Promise<Blob> {
  const source: unknown = typeof image === "function" ? await image() : image;
  if (source instanceof Blob) return source;
  if (typeof source === "string" && /^https?:/i.test(source)) throw new TypeError("the record names an address only");
  return fromBase64(String(source).replace(/^data:[^,]*,/, ""));
}

/** Bytes of base64, also with the alphabet for URLs. The page's policy keeps `fetch` from reading data: URLs. */
function fromBase64(text: string): Blob {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))]);
}
