import { Parser } from "htmlparser2";

/** Sources of the images in a piece of HTML, in order. Nothing of it is run or loaded. */
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
