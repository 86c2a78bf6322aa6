import { Parser } from "htmlparser2";
import type { ReportFrame } from "../../reports/report-frames.ts";
import type { CodeceptRun } from "./ai-trace.ts";
import { stepCaption } from "./step-caption.ts";

/** Marks of pages with slides, from the plugin screenshot (version 4) or stepByStepReport (up to 3). */
export const SLIDES_PAGE = /class="slides__slide|<title>Recorder Result<\/title>/;

/** Classes of the elements whose text is read, in versions 4 and 3. */
const TEXT_OF = { title: /^(?:test)$/, caption: /^slides__text$/ } as const;

/** Reads the slides of a page: pictures were taken after their step. The failed step has one only up to version 3. */
export function readSlides(html: string, captionsOf: "titles" | "all"): CodeceptRun {
  const slides: { reference: string; caption: string; failed: boolean }[] = [];
  let title = "";
  let wanted: keyof typeof TEXT_OF | undefined;
  let isInBrand = false;
  const parser = new Parser(
    {
      onopentag(name, { class: classes = "", src }) {
        const isSlide = /(?:^|\s)(?:slides__slide|item)(?:\s|$)/.test(classes);
        if (isSlide && (name === "figure" || name === "div")) {
          slides.push({ reference: "", caption: "", failed: /\bis-failed\b/.test(classes) });
        }
        const slide = slides.at(-1);
        if (name === "img" && slide && slide.reference === "") slide.reference = src ?? "";
        if (slide && /\bcarousel-caption\b/.test(classes)) slide.failed = /\berror\b/.test(classes);
        isInBrand ||= /\bnavbar-brand\b/.test(classes);
        if (TEXT_OF.title.test(classes) || (isInBrand && name === "small")) wanted = "title";
        else if (TEXT_OF.caption.test(classes) || (slide && name === "h2")) wanted = "caption";
      },
      ontext(text) {
        if (wanted === "title") title += text;
        else if (wanted === "caption" && slides.length > 0) slides.at(-1)!.caption += text;
      },
      onclosetag(name) {
        if (name === "span" || name === "small" || name === "h2") wanted = undefined;
        if (name === "a") isInBrand = false;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  const frames = slides
    .filter(({ reference }) => reference !== "")
    .map(({ reference, caption, failed }): ReportFrame => {
      return { reference, caption: stepCaption(caption, captionsOf), ...(failed && { failed }) };
    });
  return { title: title.trim(), hasFailed: frames.some(({ failed }) => failed) || undefined, frames };
}
