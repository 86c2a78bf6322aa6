import { hideTypedText, SECRET_FIELD } from "../../reports/hide-typed-text.ts";
import { imagesIn } from "../../reports/html-images.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import type { RobotItem, RobotKeyword, RobotTest } from "./robot-output.ts";

/** Libraries without actions on a page. */
const STANDARD =
  /^(?:BuiltIn|Collections|DateTime|Dialogs|OperatingSystem|Process|Screenshot|String|Telnet|XML|Reserved)$/;
/** Keywords that only query the page, in SeleniumLibrary, Browser and AppiumLibrary. */
const LOOKS =
  /^(?:get|log|set|wait|sleep|register|assert|should|(?:page|element|title|location|text ?field|checkbox|list|table|frame|current|radio|alert|image|link|button|cookie|textarea)s? (?:.* )?should)\b/i;
const TYPES =
  /^(?:input (?:text|password)|fill (?:text|secret)|type (?:text|secret)|press keys?|keyboard (?:input|key))\b/i;
/** Message of a library about an action; used if the arguments are variables. */
const SENTENCE = /^[A-Z][^\n]{3,200}$/;

/**
 * Returns the pictures that a test logged, each with the last action before it. A picture that a library takes because its own keyword
 * failed belongs to that keyword.
 */
export function robotFrames(test: RobotTest, captionsOf: "titles" | "all"): { frames: ReportFrame[]; cutOuts: number } {
  const frames: (ReportFrame & { isCutOut: boolean })[] = [];
  let act: RobotKeyword | undefined;
  let look: RobotKeyword | undefined;
  let shownLast: RobotKeyword | undefined;
  for (const item of test.body) enter(item, undefined);
  // Pictures of single elements are left out, unless there are no others.
  const whole = frames.filter(({ isCutOut }) => !isCutOut);
  const kept = whole.length > 0 ? whole : frames;
  return { frames: kept.map(({ isCutOut: _, ...frame }) => frame), cutOuts: frames.length - kept.length };

  function enter(item: RobotItem, parent: RobotKeyword | undefined): void {
    if (item.kind === "message") {
      if (!item.isHtml) return;
      for (const reference of imagesIn(item.text)) addFrame(reference, item.atMs, parent);
      return;
    }
    if (item.status === "NOT RUN") return;
    const isCapture = /screenshot/i.test(item.name);
    const before = frames.length;
    for (const child of item.body) enter(child, item);
    const isLeaf = item.owner !== undefined && !STANDARD.test(item.owner) && !isCapture;
    const isOfFailure = isLeaf && item.status === "FAIL" && frames.length > before && item.body.some(isOwnCapture);
    if (isOfFailure) {
      for (const frame of frames.slice(before)) {
        frame.caption = captionOf(item, captionsOf);
        frame.failed = true;
      }
    }
    if (!isLeaf || (!isOfFailure && item.body.some(({ kind }) => kind === "keyword"))) return;
    if (LOOKS.test(item.name) || item.tags.some((tag) => /^(?:Getter|Assertion|Wait)$/.test(tag))) look = item;
    else [act, look] = [item, undefined];

    /** Whether the same library took it, or the keyword logged it itself. */
    function isOwnCapture(child: RobotItem): boolean {
      return child.kind === "message" ? child.isHtml : child.owner === (item as RobotKeyword).owner;
    }
  }

  function addFrame(reference: string, atMs: number | undefined, keyword: RobotKeyword | undefined): void {
    const shown = act ?? look ?? shownLast ?? (/screenshot/i.test(keyword?.name ?? "") ? undefined : keyword);
    [act, look, shownLast] = [undefined, undefined, shown];
    const isFailed = shown?.status === "FAIL" && test.status === "FAIL";
    frames.push({
      reference,
      atMs,
      caption: shown && captionOf(shown, captionsOf),
      ...(isFailed && { failed: true }),
      isCutOut: keyword !== undefined && isCutOut(keyword),
    });
  }
}

/** Whether a keyword takes a picture of an element: SeleniumLibrary has a keyword for it, Browser an argument. */
function isCutOut({ name, args }: RobotKeyword): boolean {
  if (/element screenshot/i.test(name)) return true;
  return (
    /^take screenshot$/i.test(name) &&
    args.some((arg, i) => /^selector=(?!None$)/.test(arg) || (i === 1 && !/^\w+=/.test(arg)))
  );
}

/** Describes a keyword: its name and arguments, or the message of its library if the arguments are variables. */
function captionOf(keyword: RobotKeyword, captionsOf: "titles" | "all"): string {
  const { name, args } = keyword;
  if (!TYPES.test(name)) {
    const sentence = args.some((arg) => /[$&@%]\{/.test(arg)) ? sentenceOf(keyword) : undefined;
    return sentence ?? [name, ...args].join(" ");
  }
  const [target = "", ...typed] = args;
  const isSecret = SECRET_FIELD.test(name) || SECRET_FIELD.test(target);
  return [name, target, ...hideTypedText(typed, isSecret, captionsOf)].join(" ");
}

function sentenceOf({ body }: RobotKeyword): string | undefined {
  const first = body.find((item) => item.kind === "message" && item.level === "INFO" && !item.isHtml);
  return first?.kind === "message" && SENTENCE.test(first.text) ? first.text : undefined;
}
