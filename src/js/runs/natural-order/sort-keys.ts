import { type NameToken, type NumberToken, tokensOf, type WordToken } from "./name-tokens.ts";
import { type NumberReading, readingOf } from "./number-readings.ts";
import { type WordCounters, wordCounters } from "./word-counters.ts";
import { rankOf } from "./word-ranks.ts";

/** A part of a sort key: the end of a folder's name, a number, a word or an identifier. Parts with a lower `place` come first. */
export type SortPart =
  | { kind: "end"; place: 0 }
  | NumberPart
  | WordPart
  | { kind: "id"; place: 3; text: string; hasOrder: boolean };

export type NumberPart = {
  kind: "number";
  place: 1;
  isNegative: boolean;
  digits: string;
  fraction: string;
  minor?: string;
  /** Number of its digits in the name, for times since 1970 in different units. */
  told?: number;
};

/** `rank` is its rank in the family `text`, or among the words at this place. */
export type WordPart = { kind: "word"; place: 2; text: string; rank: number | undefined; isLetter: boolean };

/** A token, with the text of the tokens before it: tokens with equal `lead` are at the same place. */
type PlacedToken = { token: NameToken | undefined; lead: string };

/** The sort keys of names, and whether some of their fractions may be counters. */
export type SortKeys = { keys: SortPart[][]; haveLikelyFractions: boolean };

/** Returns the sort keys of names. `asCounters`: reads fractions that may be counters as counters. */
export function sortKeys(names: readonly string[], asCounters = false): SortKeys {
  const lists = patternsSolved(names.map(placedTokens));
  const numbers = new Map<string, NumberToken[]>();
  const words = new Map<string, Set<string>>();
  for (const { token, lead } of lists.flat()) {
    if (token?.kind === "number") numbers.set(lead, [...(numbers.get(lead) ?? []), token]);
    if (token?.kind === "word") words.set(lead, (words.get(lead) ?? new Set()).add(token.text));
  }
  const readings = new Map([...numbers].map(([lead, tokens]) => [lead, readingOf(tokens, /(?:^|\0)v\0$/.test(lead))]));
  const counters = new Map([...words].map(([lead, texts]) => [lead, wordCounters(texts)]));
  const haveLikelyFractions = [...readings.values()].some(({ isDecimalGuessed }) => isDecimalGuessed);
  if (asCounters) {
    for (const [lead, reading] of readings)
      if (reading.isDecimalGuessed) readings.set(lead, { ...reading, isDecimal: false });
  }
  const keys = lists.map((list) =>
    list.map(({ token, lead }) => {
      return token?.kind === "word" ? wordPart(token, counters.get(lead)!) : sortPart(token, readings.get(lead));
    }),
  );
  return { keys, haveLikelyFractions };
}

/** Returns the tokens of a path; an `undefined` token ends the name of a folder. */
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

/**
 * Divides identifiers that are no random ones into words and numbers: all identifiers at their place have digits and letters at the
 * same positions.
 */
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

function wordPart({ text }: WordToken, { places, areLetters }: WordCounters): WordPart {
  const place = places?.get(text);
  const known = rankOf(text);
  const isLetter = areLetters && text.length === 1;
  if (place !== undefined) return { kind: "word", place: 2, text: "", rank: place, isLetter };
  return { kind: "word", place: 2, text: known?.family ?? text, rank: known?.rank, isLetter };
}

function sortPart(token: Exclude<NameToken, WordToken> | undefined, reading: NumberReading | undefined): SortPart {
  if (!token) return { kind: "end", place: 0 };
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

/** Number of digits of a time in seconds since 1970, from 2001 to 2286. */
export const SECONDS_DIGITS = 10;

const wholePart = { kind: "number", place: 1, fraction: "" } as const;

const trimmed = (fraction: string) => fraction.replace(/0+$/, "");
