import { SaxesParser, type SaxesTagPlain } from "saxes";
import { TaskGifError } from "../../../task-gif-error.ts";
import type { ReadContext } from "../../record-format.ts";
import { textWithoutPictures } from "../../reports/base64-in-report.ts";
import { robotTime } from "./robot-time.ts";

/**
 * output.xml of Robot Framework 3 to 7.5 as a tree, read as a stream. Uses `saxes` instead of `fast-xml-parser`: 8 kB instead of 22 kB
 * (gzip), and for an output.xml of 100 MB 1.4 s and 70 MB of memory instead of 20 s and 435 MB. It does not expand entities of a DTD.
 */
export type RobotOutput = {
  /** Its generator: "Robot 7.5 (Python 3.12.1 on linux)". */
  generator: string;
  tests: RobotTest[];
  /** Suites with a setup or teardown, as tests. */
  fixtures: RobotTest[];
  /** Whether the file ends in the middle, or has an error there. */
  isCutOff: boolean;
};

export type RobotTest = {
  name: string;
  /** Names of its suites, the outermost first. */
  suites: string[];
  body: RobotItem[];
} & RobotStatus;

/** A keyword with its messages and keywords in order. Loops and branches are replaced by their content. */
export type RobotKeyword = {
  kind: "keyword";
  name: string;
  /** Library or resource file; absent for keywords of the suite. */
  owner: string | undefined;
  args: string[];
  tags: string[];
  body: RobotItem[];
} & RobotStatus;

export type RobotMessage = { kind: "message"; text: string; isHtml: boolean; level: string; atMs: number | undefined };

export type RobotItem = RobotKeyword | RobotMessage;

type RobotStatus = {
  /** "PASS", "FAIL", "SKIP", "NOT RUN"; absent if the file ends before it. */
  status: string | undefined;
  /** Why it failed. */
  message: string;
  startMs: number | undefined;
};

/** An element with a body, while it is read. */
type Frame = { body: RobotItem[] } & Partial<RobotStatus>;

/** Elements whose text is read. */
const TEXTS = new Set(["arg", "tag", "msg", "status"]);
/** Maximum length of a text; the rest is cut off. */
const MOST_LETTERS = 100_000;

/**
 * @throws `TaskGifError` `LIMIT_EXCEEDED` when elements are nested deeper than `limits.jsonDepth`, `UNREADABLE` when the
 * file is no XML from its first element on.
 */
export async function readRobotOutput(file: Blob, { limits, signal }: ReadContext): Promise<RobotOutput> {
  const output: RobotOutput = { generator: "", tests: [], fixtures: [], isCutOff: false };
  const builder = new OutputBuilder(output);
  const parser = new SaxesParser();
  let depth = 0;
  let text = "";
  let failure: Error | undefined;
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.on("opentag", (tag) => {
    if (failure) return;
    depth++;
    if (depth > limits.jsonDepth) failure = deepError(limits.jsonDepth);
    text = "";
    builder.open(tag);
  });
  parser.on("text", (piece) => {
    if (text.length < MOST_LETTERS) text += piece;
  });
  parser.on("cdata", (piece) => {
    if (text.length < MOST_LETTERS) text += piece;
  });
  parser.on("closetag", (tag) => {
    if (failure) return;
    depth--;
    builder.close(tag, TEXTS.has(tag.name) ? text : "");
    text = "";
  });
  for await (const piece of textWithoutPictures(file)) {
    signal?.throwIfAborted();
    parser.write(piece);
    if (failure) break;
  }
  if (!failure) parser.close();
  if (failure instanceof TaskGifError) throw failure;
  if (failure) {
    if (output.generator === "") throw new TaskGifError("UNREADABLE", `expected output.xml, but ${failure.message}`);
    output.isCutOff = true;
    builder.finish();
  }
  return output;
}

function deepError(limit: number): TaskGifError {
  return new TaskGifError(
    "LIMIT_EXCEEDED",
    `expected at most ${limit} levels of XML elements, found more; raise limits.jsonDepth if the record is to be trusted`,
  );
}

/** Builds the tree from elements in document order. */
class OutputBuilder {
  readonly #suites: { name: string; body: RobotItem[] }[] = [];
  /** Open elements: a test, keywords, and loops and branches, which share the body of the element around them. */
  readonly #stack: Frame[] = [];
  #message: Omit<RobotMessage, "text"> | undefined;
  #status: SaxesTagPlain["attributes"] = {};

  constructor(readonly output: RobotOutput) {}

  open({ name, attributes: at }: SaxesTagPlain): void {
    if (name === "robot") this.output.generator = at.generator ?? "";
    else if (name === "suite") this.#suites.push({ name: at.name ?? "", body: [] });
    else if (name === "test") {
      this.#stack.push(this.#newTest(at.name ?? "", []));
    } else if (name === "kw") {
      this.#stack.push(newKeyword(at));
    } else if (isControl(name)) this.#stack.push({ body: this.#body() });
    else if (name === "msg") {
      const isHtml = at.html === "true" || at.html === "yes";
      this.#message = { kind: "message", isHtml, level: at.level ?? "", atMs: robotTime(at.time ?? at.timestamp) };
    } else if (name === "status") this.#status = at;
  }

  close({ name }: SaxesTagPlain, text: string): void {
    const top = this.#stack.at(-1);
    if (name === "suite") this.#closeSuite();
    else if (name === "test") this.#closeTest();
    else if (name === "kw") {
      this.#stack.pop();
      this.#body().push(top as RobotKeyword);
    } else if (isControl(name)) this.#stack.pop();
    else if (name === "msg") {
      if (this.#message) this.#body().push({ ...this.#message, text });
    } else if (name === "arg") (top as RobotKeyword | undefined)?.args?.push(text);
    else if (name === "tag") (top as RobotKeyword | undefined)?.tags?.push(text);
    else if (name === "status" && top && "status" in top) {
      top.status = this.#status.status;
      top.message = text.trim();
      top.startMs = robotTime(this.#status.start ?? this.#status.starttime);
    }
  }

  /** Closes the elements that are open at the end of a damaged file. */
  finish(): void {
    while (this.#stack.length > 0) {
      const top = this.#stack.at(-1)!;
      if ("kind" in top) this.close({ name: "kw" } as SaxesTagPlain, "");
      else if ("suites" in top) this.#closeTest();
      else this.#stack.pop();
    }
    while (this.#suites.length > 0) this.#closeSuite();
  }

  #body(): RobotItem[] {
    return (this.#stack.at(-1) ?? this.#suites.at(-1))?.body ?? [];
  }

  #newTest(name: string, body: RobotItem[]): RobotTest {
    const suites = this.#suites.map(({ name }) => name);
    return { name, suites, body, status: undefined, message: "", startMs: undefined };
  }

  #closeTest(): void {
    const test = this.#stack.pop();
    if (test && "suites" in test) this.output.tests.push(test as RobotTest);
  }

  #closeSuite(): void {
    const suite = this.#suites.at(-1);
    if (suite && suite.body.length > 0) this.output.fixtures.push(this.#newTest(suite.name, suite.body));
    this.#suites.pop();
  }
}

/** Elements around keywords that are no keywords. `group` exists from 7.2 on. */
function isControl(name: string): boolean {
  return ["for", "iter", "while", "if", "branch", "try", "group"].includes(name);
}

/** Up to version 3, the name contains the library: "SeleniumLibrary.Click Button". */
function newKeyword(at: SaxesTagPlain["attributes"]): RobotKeyword {
  const name = at.name ?? "";
  return {
    kind: "keyword",
    name,
    owner: at.owner ?? at.library,
    args: [],
    tags: [],
    body: [],
    status: undefined,
    message: "",
    startMs: undefined,
  };
}
