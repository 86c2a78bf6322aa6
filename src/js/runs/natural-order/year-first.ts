import { rankOf } from "./word-ranks.ts";

/** Names whose dates begin with the year, so that a later date has larger numbers. */
export type YearFirst = {
  names: string[];
  /** Two dates of which one name may be from before or after the other, as 01-02-2026 and 02-01-2026; absent if none. */
  ambiguous?: [string, string];
};

/** 30-11-2026, 11.30.2026, 1_12_2026. */
const NUMERIC = /(?<!\d|\d[-._])(\d{1,2})([-._ ])(\d{1,2})\2((?:19|20)\d\d)(?!\d)/;
/** 30112026, 11302026. */
const COMPACT = /(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)/;
/** 30 Nov 2026, 30-november, 1.Dez is none: English names only. */
const DAY_MONTH =
  /(?<![\d\p{L}])(\d{1,2})(?:st|nd|rd|th)?[-._ ]([a-z]{3,9})(?!\p{L})(?:[-._, ]+((?:19|20)\d\d)(?!\d))?/iu;
/** Nov 30 2026, November-30th, 2026. */
const MONTH_DAY = /(?<!\p{L})([a-z]{3,9})[-._ ](\d{1,2})(?:st|nd|rd|th)?[-._, ]+((?:19|20)\d\d)(?!\d)/iu;

/**
 * Names with dates that begin with the day or the month, as much of the world writes them, rewritten so that they begin
 * with the year. Whether 01-12-2026 is in January or in December follows from the other names: no month has a number
 * above 12.
 */
export function yearFirst(names: readonly string[]): YearFirst {
  // "2 mar" may be the second of March or step 2, unless all names have a day and a month.
  const haveMonths = names.every((name) => monthOf(DAY_MONTH.exec(name)?.[2] ?? "") !== undefined);
  const named = separated(names.map((name) => withNamedMonth(name, haveMonths)));
  const dates = named.flatMap((name) => NUMERIC.exec(name) ?? []);
  if (dates.length === 0) return { names: named };
  const matches = named.map((name) => NUMERIC.exec(name));
  const canBe = (month: number) => matches.every((match) => !match || Number(match[month]) <= 12);
  const [monthFirst, dayFirst] = [canBe(1), canBe(3)];
  if (!monthFirst && !dayFirst) return { names: named };
  const read = (month: 1 | 3) =>
    named.map((name, i) => {
      const match = matches[i];
      if (!match) return name;
      const date = `${match[4]}-${twoDigits(match[month]!)}-${twoDigits(match[4 - month]!)}`;
      return name.slice(0, match.index) + date + name.slice(match.index + match[0].length);
    });
  if (!(monthFirst && dayFirst)) return { names: read(dayFirst ? 3 : 1) };
  const [asDay, asMonth] = [read(3), read(1)];
  const ambiguous = firstDisagreement(asDay, asMonth);
  return { names: asDay, ...(ambiguous && { ambiguous: [names[ambiguous[0]]!, names[ambiguous[1]]!] }) };
}

/** Dates of eight digits that cannot begin with the year get separators, where all names have one. */
function separated(names: string[]): string[] {
  const matches = names.map((name) => COMPACT.exec(name));
  const areDates = matches.every((match) => {
    const [day, month] = [Number(match?.[1]), Number(match?.[2])];
    return match && Math.min(day, month) >= 1 && Math.min(day, month) <= 12 && Math.max(day, month) <= 31;
  });
  const mayBeginWithYear = matches.every((match) => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(match?.[0] ?? ""));
  if (!areDates || mayBeginWithYear) return names;
  return names.map((name) => name.replace(COMPACT, "$1-$2-$3"));
}

/** A name with a month in letters, its date rewritten; without a year, the month only comes before the day. */
function withNamedMonth(name: string, haveMonths: boolean): string {
  const dayFirst = DAY_MONTH.exec(name);
  const match = dayFirst && monthOf(dayFirst[2]!) ? dayFirst : MONTH_DAY.exec(name);
  if (!match || (match[3] === undefined && !haveMonths)) return name;
  const [word, day] = match === dayFirst ? [match[2]!, match[1]!] : [match[1]!, match[2]!];
  const month = monthOf(word);
  if (month === undefined || Number(day) > 31) return name;
  const date =
    match[3] === undefined ? `${word} ${twoDigits(day)}` : `${match[3]}-${twoDigits(String(month))}-${twoDigits(day)}`;
  return name.slice(0, match.index) + date + name.slice(match.index + match[0].length);
}

function monthOf(word: string): number | undefined {
  const rank = rankOf(word.toLowerCase());
  return rank?.family === "jan" ? rank.rank + 1 : undefined;
}

const twoDigits = (digits: string) => digits.padStart(2, "0");

/** Indices of two names that come in another order in one reading than in the other. */
function firstDisagreement(a: readonly string[], b: readonly string[]): [number, number] | undefined {
  const order = [...a.keys()].sort((i, j) => (a[i]! < a[j]! ? -1 : 1));
  for (const [at, i] of order.entries()) {
    const j = order[at + 1];
    if (j !== undefined && b[i]! > b[j]!) return [i, j];
  }
  return undefined;
}
