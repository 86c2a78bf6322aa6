import { Parser } from "htmlparser2";

/** Returns the sources of the images in HTML, in order, without running or loading anything. */
export function imagesIn(html: string): string[] {
  const sources: string[] = [];
  const parser = new Parser({
    onopentag(name, { src }) {
      if (name === "img" && src) sources.push(src);
    },
  });
  parser.end(html);
  return sources;
}
