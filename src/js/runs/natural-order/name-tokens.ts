import { withCopyLast } from "./copies.ts";
import { withEnglishHalves } from "./half-days.ts";

/** One token of a name, the part between separators. `text`: its text in the name, in lower case. */
export type NameToken = NumberToken | TimeToken | WordToken | IdToken;

/** A number with a possible fraction and sign. Whether these count is decided for all names together (number-readings.ts). */
export type NumberToken = {
  kind: "number";
  text: string;
  /** Digits before the point, without leading zeros. */
  digits: string;
  /** Digits after a point, if there is exactly one point between digits. */
  fraction?: string;
  /** The possible sign before the digits: "+", or "-", which may also be a separator. */
  sign?: "+" | "-";
  /** The place of the sign; absent without a sign. */
  signAfter?: SignPlace;
  /** Length in ms of the unit of time after the digits. */
  unitMs?: number;
};

/** At the start or after a space, after a letter, or after a separator such as "=", where "-" is certainly a sign. */
export type SignPlace = "gap" | "letter" | "separator";

/** A date, a time, or both: seconds since 1970, or since midnight without a date, and the digits of a fraction. */
export type TimeToken = { kind: "time"; text: string; seconds: number; fraction: string };

/** A run of letters. */
export type WordToken = { kind: "word"; text: string };

/** A random identifier, such as a UUID or a hash. Those that begin with a time (UUIDv7, ULID) have an order. */
export type IdToken = { kind: "id"; text: string; hasOrder: boolean };

const UUID = /[\da-f]{8}-[\da-f]{4}-([1-8])[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/y;
const DATE =
  /(?<y>\d{4})[-._/ ]?(?<mo>0[1-9]|1[0-2])[-._/ ]?(?<d>0[1-9]|[12]\d|3[01])|(?<y2>\d{4})[-._](?<mo2>\d{1,2})[-._](?<d2>\d{1,2})/;
const CLOCK =
  /(?<h>\d{1,2})[-:._h ](?<mi>[0-5]\d)(?:[-:._m ](?<s>[0-5]\d)(?:[.,](?<f>\d{1,9})|[-_:](?<f2>\d{3}|\d{6}|\d{9})(?!\d))?)?/;
/** Names of zones that are sure, with their hours: IST is three of them. */
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  bst: 1,
  cet: 1,
  cest: 2,
  eet: 2,
  eest: 3,
  jst: 9,
  est: -5,
  edt: -4,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};
/** "-0200" is not among them: behind a time it may be a counter, unless GMT precedes it. */
const ZONE = sourceOfZone();

function sourceOfZone(): RegExp {
  const names = Object.keys(ZONES).join("|");
  return new RegExp(
    `(?: ?(?:gmt|utc)(?<g>[+-]\\d\\d:?\\d\\d)(?!\\d)|[ _](?<n>${names})(?![a-z+-])|(?<z>z(?![a-z])|\\+\\d\\d:?\\d\\d(?!\\d)|-\\d\\d:\\d\\d(?!\\d)))`,
  );
}
const HALF = /[ _-]?(?<half>[ap])\.? ?m\.?(?![a-z])/;
const STAMP = sticky(
  `(?:${DATE.source})(?:(?:t|[ _,.-]+(?:at[ _.-]+)?)${CLOCK.source}(?:${HALF.source})?(?:${ZONE.source})?)(?!\\d)`,
);
const COMPACT = sticky(
  "(?<y>\\d{4})-?(?<mo>\\d\\d)-?(?<d>\\d\\d)t(?<h>\\d\\d)[:-]?(?<mi>\\d\\d)[:-]?(?<s>\\d\\d)(?:[.,](?<f>\\d{1,9}))?(?:" +
    `${ZONE.source})?(?!\\d)`,
);
const TWELVE = sticky(`(?<h>0?[1-9]|1[0-2])(?:[-:._ ]?(?<mi>[0-5]\\d)(?:[-:._ ]?(?<s>[0-5]\\d))?)?${HALF.source}`);
const NUMBER = /(\d+)(?:[.,](\d+)(?![.,]?\d))?/y;
const WORD = /\p{L}[\p{L}\p{M}]*/uy;
const RUN = /[\da-z]+/y;
const ULID = /^[0-7][\da-hjkmnp-tv-z]{25}$/;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  msec: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hrs: 3_600_000,
  d: 86_400_000,
};
/** A time in two units or three, as "1m30s". */
const DURATION =
  /(?:(\d+) ?h(?:rs?)?[ _-]?)?(?:(\d{1,2}) ?m(?:ins?)?[ _-]?)?(?:(\d{1,2}(?:\.\d+)?) ?s(?:ecs?)?)?(?![a-z\d])/y;

/** Returns the tokens of a name without its extension. */
export function tokensOf(name: string): NameToken[] {
  const text = withEnglishHalves(
    withCopyLast(
      name
        .replace(/(\d*)([\u00bc-\u00be\u2150-\u215e])/gu, asDecimal)
        .normalize("NFKC")
        .replace(/[\u2010-\u2015\u2212]/g, "-")
        .replace(/\p{Nd}/gu, asciiDigit)
        .toLowerCase(),
    ),
  );
  const tokens: NameToken[] = [];
  let at = 0;
  while (at < text.length) {
    const isFree = at === 0 || !/[\da-z]/.test(text[at - 1]!);
    const token = (isFree && (durationAt(text, at) ?? wholeRun(text, at))) || numberAt(text, at) || wordAt(text, at);
    if (token) tokens.push(token);
    at += token ? token.text.length : text.codePointAt(at)! > 0xffff ? 2 : 1;
  }
  return tokens;
}

/** "1½" as "1.5"; NFKC would make 11⁄2 of it. */
function asDecimal(_: string, whole: string, fraction: string): string {
  const [numerator, denominator] = fraction.normalize("NFKC").split("\u2044").map(Number);
  return String(Number(whole) + Math.round((1000 * numerator!) / denominator!) / 1000);
}

/** Returns a digit of any script as an ASCII digit: the ten digits of a script are consecutive characters. */
function asciiDigit(digit: string): string {
  let zero = digit.codePointAt(0)!;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero--;
  return String(digit.codePointAt(0)! - zero);
}

/** Returns the identifier or time that begins at `at`, if there is one. */
function wholeRun(text: string, at: number): NameToken | undefined {
  const uuid = matchAt(UUID, text, at);
  if (uuid) return { kind: "id", text: uuid[0], hasOrder: uuid[1] === "7" };
  const time = timeOf(matchAt(STAMP, text, at) ?? matchAt(COMPACT, text, at) ?? matchAt(TWELVE, text, at));
  if (time) return time;
  const run = matchAt(RUN, text, at)?.[0] ?? "";
  if (!looksRandom(run)) return undefined;
  return { kind: "id", text: run, hasOrder: ULID.test(run) };
}

/**
 * Whether a run of 8 or more letters and digits looks random: hexadecimal with two changes between letters and digits (one from 16
 * characters on), or any with four. Patterns such as "s01e02p03" are recognized later, by all names together (sort-keys.ts).
 */
function looksRandom(run: string): boolean {
  if (run.length < 8) return false;
  const changes = run.match(/\d+|[a-z]+/g)!.length - 1;
  return /^[\da-f]+$/.test(run) ? changes >= 2 || (changes >= 1 && run.length >= 16) : changes >= 4;
}

function timeOf(match: RegExpExecArray | null): TimeToken | undefined {
  if (!match) return undefined;
  const part = match.groups!;
  let hours = Number(part.h);
  if (hours > 24) return undefined;
  if (part.half && hours <= 12) hours = (hours % 12) + (part.half === "p" ? 12 : 0);
  let seconds = hours * 3600 + Number(part.mi ?? 0) * 60 + Number(part.s ?? 0);
  const year = part.y ?? part.y2;
  if (year !== undefined) {
    seconds += Date.UTC(Number(year), Number(part.mo ?? part.mo2) - 1, Number(part.d ?? part.d2)) / 1000;
  }
  seconds -= (ZONES[part.n ?? ""] ?? 0) * 3600;
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(part.g ?? part.z ?? "");
  if (zone) seconds -= (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 3600 + Number(zone[3]) * 60);
  return { kind: "time", text: match[0], seconds, fraction: part.f ?? part.f2 ?? "" };
}

/** A duration of more than one unit, as a number of seconds. */
function durationAt(text: string, at: number): NumberToken | undefined {
  const match = matchAt(DURATION, text, at);
  const parts = match?.slice(1).filter((part) => part !== undefined) ?? [];
  if (!match || parts.length < 2) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const [digits = "0", fraction] = String(hours * 3600 + minutes * 60 + seconds).split(".");
  return { kind: "number", text: match[0], digits, unitMs: UNITS.s!, ...(fraction !== undefined && { fraction }) };
}

function numberAt(text: string, at: number): NumberToken | undefined {
  const sign = text[at];
  const from = sign === "-" || sign === "+" ? at + 1 : at;
  const match = matchAt(NUMBER, text, from);
  if (!match) return undefined;
  const isPartOfVersion = match[2] !== undefined && /\d[.,]$/.test(text.slice(0, from));
  const whole = isPartOfVersion ? match[1]! : match[0];
  const token: NumberToken = {
    kind: "number",
    text: text.slice(at, from) + whole,
    digits: match[1]!.replace(/^0+(?=\d)/, ""),
  };
  if (match[2] !== undefined && !isPartOfVersion) token.fraction = match[2];
  const place = signPlace(text[at - 1]);
  if (from > at && place) {
    token.sign = sign as "+" | "-";
    token.signAfter = place;
  }
  const unit = /^ ?([a-z]+)(?![a-z])/.exec(text.slice(from + whole.length));
  if (unit && Object.hasOwn(UNITS, unit[1]!)) token.unitMs = UNITS[unit[1]!]!;
  return token;
}

/** Returns the place of a sign by the character before it; `undefined` after a digit, where there is no sign. */
function signPlace(before: string | undefined): SignPlace | undefined {
  if (before === undefined || before === " ") return "gap";
  if ("_=([{,;:@".includes(before)) return "separator";
  return /\p{L}/u.test(before) ? "letter" : undefined;
}

function wordAt(text: string, at: number): WordToken | undefined {
  const word = matchAt(WORD, text, at)?.[0];
  return word === undefined ? undefined : { kind: "word", text: word };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function sticky(source: string): RegExp {
  return new RegExp(source, "y");
}
