import { beforeMidnight, beforeRollover } from "./counter-rollover.ts";
import { decimalCounters } from "./hex-counters.ts";
import { type NameToken, type NumberToken, tokensOf } from "./name-tokens.ts";
import { trailingCounters } from "./trailing-counters.ts";
import { rankOf } from "./word-ranks.ts";
import { yearFirst } from "./year-first.ts";

/**
 * What the order of names rests on, from the strongest to the weakest: numbers, times and words of order ("before"); a
 * counter that has begun anew; numbers that may be hexadecimal; dates of which nobody knows whether they begin with the
 * day or the month; the alphabet, which is a guess; nothing, since names differ only in their ending, a separator or how
 * exactly they tell the time; identifiers drawn by chance, where any order is wrong.
 */
export type OrderBasis = "number" | "rollover" | "hex" | "date" | "alphabet" | "tie" | "id";

/** Names in natural order. */
export type NaturalOrder = {
  /** Indices into the given names, in natural order. */
  indices: number[];
  /** The weakest basis of the order of two neighbors. */
  basis: OrderBasis;
  /** The first two neighbors whose order rests on that basis; absent with fewer than two names. */
  between?: [string, string];
  /** How many names come before a counter has begun anew, with the basis "rollover". */
  before?: number;
};

const STRENGTH: readonly OrderBasis[] = ["number", "date", "alphabet", "tie", "id"];
const collator = new Intl.Collator("en");

/**
 * Orders file names, or paths with "/", as people mean them. Endings are not compared ("login.png" comes before
 * "login (1).png"). Whether "1.10" comes after "1.9" (a counter) or before it (a fraction), and whether a hyphen is a
 * sign, follows from the whole set of names. A number at the end counts where nothing else but the alphabet would.
 */
export function naturalOrder(names: readonly string[]): NaturalOrder {
  const { names: dated, ambiguous } = yearFirst(names);
  const { names: decimal, isGuess } = decimalCounters(dated);
  const order = orderByParts(names, decimal);
  if (order.basis === "number") {
    if (ambiguous) return { ...order, basis: "date", between: ambiguous };
    return isGuess ? { ...order, basis: "hex" } : rolledOver(names, order);
  }
  const counters = order.basis === "alphabet" ? trailingCounters(names) : undefined;
  if (!counters) return order;
  return { indices: [...names.keys()].sort((a, b) => counters[a]! - counters[b]!), basis: "number" };
}

/** The same order, but what comes from before a counter, or a clock at midnight, has begun anew goes first. */
function rolledOver(names: readonly string[], order: NaturalOrder): NaturalOrder {
  const isBefore = beforeRollover(names) ?? beforeMidnight(names);
  if (!isBefore) return order;
  const [before, after] = [true, false].map((wanted) => order.indices.filter((i) => isBefore[i] === wanted));
  const between: [string, string] = [names[before!.at(-1)!]!, names[after![0]!]!];
  return { indices: [...before!, ...after!], basis: "rollover", between, before: before!.length };
}

/** `compared` are the names as they are compared. */
function orderByParts(names: readonly string[], compared: readonly string[]): NaturalOrder {
  const keys = sortKeys(compared);
  const indices = [...names.keys()].sort(
    (a, b) => compareKeys(keys[a]!, keys[b]!) || compareText(names[a]!, names[b]!),
  );
  const order: NaturalOrder = { indices, basis: "number" };
  for (let i = 1; i < indices.length; i++) {
    const [a, b] = [indices[i - 1]!, indices[i]!];
    const basis = basisOf(keys[a]!, keys[b]!);
    if (order.between && STRENGTH.indexOf(basis) <= STRENGTH.indexOf(order.basis)) continue;
    order.basis = basis;
    order.between = [names[a]!, names[b]!];
  }
  return order;
}

/** The names themselves in natural order. */
export function sortNaturally(names: readonly string[]): string[] {
  return naturalOrder(names).indices.map((index) => names[index]!);
}

/** A key that is compared: the end of a folder's name, a number, a word, an identifier. Keys with lower `place` come first. */
type SortPart =
  | { kind: "end"; place: 0 }
  | NumberPart
  | { kind: "word"; place: 2; text: string; rank: number | undefined }
  | { kind: "id"; place: 3; text: string; hasOrder: boolean };

type NumberPart = {
  kind: "number";
  place: 1;
  isNegative: boolean;
  digits: string;
  fraction: string;
  minor?: string;
  /** How many of its digits are told, for a time since 1970 beside times in other units. */
  told?: number;
};

/** A token, with the tokens before it as one text: tokens with the same lead stand in the same place. */
type PlacedToken = { token: NameToken | undefined; lead: string };

function sortKeys(names: readonly string[]): SortPart[][] {
  const lists = patternsSolved(names.map(placedTokens));
  const groups = new Map<string, NumberToken[]>();
  for (const { token, lead } of lists.flat()) {
    if (token?.kind !== "number") continue;
    const group = groups.get(lead);
    if (group) group.push(token);
    else groups.set(lead, [token]);
  }
  const readings = new Map([...groups].map(([lead, tokens]) => [lead, readingOf(tokens)]));
  return lists.map((list) => list.map(({ token, lead }) => sortPart(token, readings.get(lead))));
}

/** The tokens of a path; `undefined` ends a folder's name. */
function placedTokens(path: string): PlacedToken[] {
  const parts = path.split("/");
  const name = parts.pop()!.replace(/(?<=.)\.[\p{L}][\p{L}\d]{0,9}$/u, "");
  const tokens: (NameToken | undefined)[] = parts.flatMap((part) => [...tokensOf(part), undefined]);
  tokens.push(...tokensOf(name));
  return placed(tokens);
}

function placed(tokens: readonly (NameToken | undefined)[]): PlacedToken[] {
  let lead = "";
  return tokens.map((token) => {
    const entry = { token, lead };
    lead += `${token ? token.text.replace(/^[-+]/, "") : "/"}\0`;
    return entry;
  });
}

/** Runs that only look drawn by chance: all that stand in one place have digits and letters at the same positions. */
function patternsSolved(lists: PlacedToken[][]): PlacedToken[][] {
  const patterns = new Map<string, Set<string>>();
  for (const { token, lead } of lists.flat()) {
    if (token?.kind !== "id" || token.hasOrder) continue;
    patterns.set(lead, (patterns.get(lead) ?? new Set()).add(token.text.replace(/\d+/g, "0")));
  }
  return lists.map((list) => {
    if (!list.some(({ token, lead }) => isPattern(token, lead))) return list;
    return placed(
      list.flatMap(({ token, lead }) =>
        isPattern(token, lead) ? token!.text.match(/\d+|\D+/g)!.flatMap((run) => tokensOf(run)) : [token],
      ),
    );
  });

  function isPattern(token: NameToken | undefined, lead: string): boolean {
    if (token?.kind !== "id" || token.hasOrder || token.text.includes("-")) return false;
    return patterns.get(lead)!.size === 1 && lists.length > 1;
  }
}

/** How the numbers at one place of the names are read. */
type Reading = { isSigned: boolean; isDecimal: boolean; hasUnits: boolean; areEpochs: boolean; areThousands: boolean };

function readingOf(tokens: readonly NumberToken[]): Reading {
  const units = new Set(tokens.map(({ unitMs }) => unitMs));
  const hasUnits = units.size > 1 && !units.has(undefined);
  const areEpochs = areMixedEpochs(tokens);
  const areThousands = haveThousands(tokens);
  return {
    areThousands,
    isSigned: isSigned(tokens),
    isDecimal: units.size > 1 || isDecimal(tokens),
    hasUnits,
    areEpochs,
  };
}

/**
 * Whether 1,000 and 1.001 are a thousand and more: all have three digits there, others have none and are below 1000, and
 * together they leave out no more numbers than there are.
 */
function haveThousands(tokens: readonly NumberToken[]): boolean {
  const isGroup = ({ fraction, digits }: NumberToken) => fraction?.length === 3 && digits.length <= 3;
  const plain = tokens.filter(({ fraction }) => fraction === undefined);
  if (plain.length === 0 || plain.some(({ digits }) => digits.length > 3)) return false;
  if (plain.length === tokens.length || !tokens.every((token) => token.fraction === undefined || isGroup(token)))
    return false;
  const values = new Set(tokens.map(({ digits, fraction = "" }) => Number(digits + fraction)));
  return Math.max(...values) - Math.min(...values) < 2 * values.size;
}

/** Whether all are times since 1970, from 2001 to 2033, some in seconds, others in milliseconds or finer. */
function areMixedEpochs(tokens: readonly NumberToken[]): boolean {
  const lengths = new Set(tokens.map(({ digits }) => digits.length));
  return (
    lengths.size > 1 &&
    tokens.every(({ digits }) => /^[12](?:\d{9}|\d{12}|\d{15}|\d{18})$/.test(digits) && digits < "2")
  );
}

/**
 * A hyphen separates ("shot-1") unless it stands behind "=", "_" or a bracket, or other names have a number without it in the
 * same place: any behind a space, 0 or a plus sign behind a letter.
 */
function isSigned(tokens: readonly NumberToken[]): boolean {
  const hasPlain = tokens.some(({ sign }) => sign !== "-");
  const hasZero = tokens.some(({ sign, digits }) => sign === "+" || (sign !== "-" && digits === "0"));
  return tokens.some(
    ({ sign, signAfter }) =>
      sign === "-" &&
      (signAfter === "separator" || (signAfter === "gap" && hasPlain) || (signAfter === "letter" && hasZero)),
  );
}

/**
 * Digits behind a point are a fraction where digits before it are seconds since 1970, or where they have changing
 * lengths and are no counter: nothing ends in 0, which no tool prints at the end of a fraction, and they do not follow
 * each other closely.
 */
function isDecimal(tokens: readonly NumberToken[]): boolean {
  const fractions = tokens.filter(({ fraction }) => fraction !== undefined);
  if (fractions.some(({ digits }) => digits.length >= 9)) return true;
  if (new Set(fractions.map(({ fraction }) => fraction!.length)).size < 2) return false;
  if (fractions.some(({ fraction }) => /^0\d/.test(fraction!))) return true;
  if (fractions.some(({ fraction }) => /\d0$/.test(fraction!))) return false;
  const minors = new Map<string, Set<number>>();
  for (const { digits, fraction } of fractions) {
    minors.set(digits, (minors.get(digits) ?? new Set()).add(Number(fraction)));
  }
  return [...minors.values()].some((values) => Math.max(...values) - Math.min(...values) + 1 > 2 * values.size);
}

function sortPart(token: NameToken | undefined, reading: Reading | undefined): SortPart {
  if (!token) return { kind: "end", place: 0 };
  if (token.kind === "word") {
    const rank = rankOf(token.text);
    return { kind: "word", place: 2, text: rank?.family ?? token.text, rank: rank?.rank };
  }
  if (token.kind === "id") return { kind: "id", place: 3, text: token.text, hasOrder: token.hasOrder };
  if (token.kind === "time") {
    const digits = String(Math.abs(token.seconds));
    return { kind: "number", place: 1, isNegative: token.seconds < 0, digits, fraction: trimmed(token.fraction) };
  }
  const isNegative = reading!.isSigned && token.sign === "-";
  const { digits, fraction } = token;
  if (reading!.areEpochs) {
    const told = digits + (fraction ?? "");
    const part = { kind: "number", place: 1, isNegative: false } as const;
    return {
      ...part,
      digits: told.slice(0, SECONDS_DIGITS),
      fraction: trimmed(told.slice(SECONDS_DIGITS)),
      told: told.length,
    };
  }
  if (reading!.areThousands)
    return { ...wholePart, isNegative, digits: (digits + (fraction ?? "")).replace(/^0+(?=\d)/, "") };
  if (reading!.hasUnits) {
    const microseconds = Math.round(Number(`${digits}.${fraction ?? 0}`) * token.unitMs! * 1000);
    return { kind: "number", place: 1, isNegative, digits: BigInt(microseconds).toString(), fraction: "" };
  }
  const part = { kind: "number", place: 1, isNegative, digits } as const;
  if (fraction === undefined) return { ...part, fraction: "" };
  return reading!.isDecimal
    ? { ...part, fraction: trimmed(fraction) }
    : { ...part, fraction: "", minor: fraction.replace(/^0+(?=\d)/, "") };
}

/** Digits of a time in seconds since 1970, from 2001 to 2286. */
const SECONDS_DIGITS = 10;

const wholePart = { kind: "number", place: 1, fraction: "" } as const;

const trimmed = (fraction: string) => fraction.replace(/0+$/, "");

function compareKeys(a: readonly SortPart[], b: readonly SortPart[]): number {
  const at = firstDifference(a, b);
  if (at < a.length && at < b.length) return compareParts(a[at]!, b[at]!);
  return a.length - b.length;
}

function firstDifference(a: readonly SortPart[], b: readonly SortPart[]): number {
  let at = 0;
  while (at < a.length && at < b.length && compareParts(a[at]!, b[at]!) === 0) at++;
  return at;
}

function compareParts(a: SortPart, b: SortPart): number {
  if (a.kind === "number" && b.kind === "number") {
    if (a.isNegative !== b.isNegative) return a.isNegative ? -1 : 1;
    const size =
      compareDigits(a.digits, b.digits) ||
      compareText(a.fraction, b.fraction) ||
      compareDigits(a.minor ?? "", b.minor ?? "");
    return a.isNegative ? -size : size;
  }
  if (a.kind === "word" && b.kind === "word") {
    return collator.compare(a.text, b.text) || (a.rank ?? 0) - (b.rank ?? 0);
  }
  if (a.kind === "id" && b.kind === "id") return compareText(a.text, b.text);
  return a.place - b.place;
}

/** Whole numbers of any length, without leading zeros. */
const compareDigits = (a: string, b: string) => a.length - b.length || compareText(a, b);

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Returns the basis of the order of two neighbors. */
function basisOf(a: readonly SortPart[], b: readonly SortPart[]): OrderBasis {
  const at = firstDifference(a, b);
  const [before, after] = [a[at], b[at]];
  if (!before && !after) return "tie";
  if ([before, after].some((part) => part?.kind === "id" && !part.hasOrder)) return "id";
  if (before?.kind === "number" && after?.kind === "number") return isSameTime(before, after) ? "tie" : "number";
  if (before?.kind !== "word" && after?.kind !== "word") return "number";
  if (before?.kind === "word" && after?.kind === "word") {
    const isRanked = before.text === after.text;
    return isRanked || (isLetter(before) && isLetter(after)) ? "number" : "alphabet";
  }
  const rest = b.slice(at);
  const isNext = !before && rest.some((part) => part.kind === "number" || (part.kind === "word" && isCopy(part)));
  return isNext ? "number" : "alphabet";
}

/** Whether two times are the same as far as the coarser one tells: 1700000000 is any time within that second. */
function isSameTime({ digits, told = 0 }: NumberPart, other: NumberPart): boolean {
  return told !== (other.told ?? 0) && Math.min(told, other.told ?? 0) === SECONDS_DIGITS && digits === other.digits;
}

const isLetter = (part: { text: string }) => part.text.length === 1;
const isCopy = (part: { text: string }) => /^(?:copy|kopie|copie|copia|cópia|コピー)$/.test(part.text);
