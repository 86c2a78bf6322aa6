import { rankOf } from "../word-ranks.ts";
import type { NameReading } from "./name-reading.ts";

/** 30-11-2026, 11.30.2026, 1_12_2026. */
const NUMERIC = /(?<!\d|\d[-._])(\d{1,2})([-._ ])(\d{1,2})\2((?:19|20)\d\d)(?!\d)/;
/** 30112026, 11302026, with a time of day or without. */
const COMPACT = /(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)((?:\d{4}|\d{6})?)(?!\d)/;
/** 30 Nov 2026, 30-november, 30Nov2026, 30. November 2026, 30 de noviembre de 2026. */
const DAY_MONTH =
  /(?<![\d\p{L}])(\d{1,2})(?:st|nd|rd|th|er)?[-._ ]{0,2}(?:de )?(\p{L}{3,10})\.?(?!\p{L})(?:[-._, ]*(?:de )?((?:19|20)\d\d)(?!\d))?/iu;
/** 30-Nov-26. */
const SHORT_YEAR = /(?<![\d\p{L}])(\d{1,2})([-._ ]?)(\p{L}{3,10})\2(\d\d)(?!\d|[.:h]\d)/iu;
/** Nov 30 2026, November-30th, 2026. */
const MONTH_DAY = /(?<!\p{L})(\p{L}{3,10})[-._ ]+(\d{1,2})(?:st|nd|rd|th)?[-._, ]+((?:19|20)\d\d)(?!\d)/iu;
/** Nov 30 14:00:00 2026, as C and Python write it. */
const YEAR_LAST = /(?<!\p{L})([a-z]{3})([-._ ]+\d{1,2})[-._ ]+(\d\d([-._:])\d\d\4\d\d)[-._ ]+((?:19|20)\d\d)(?!\d)/iu;
/** The day of the week before a date. */
const WEEKDAY =
  /(?<!\p{L})(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?[-._, ]+(?=\d{1,2}[-._ ]*\p{L}{3}|\p{L}{3,9}[-._ ]+\d{1,2}[-._, ])/iu;
/** Nov 2026; 11-2026; Q4 2026, W48-2026. */
const MONTH_YEAR = /(?<!\p{L}|\d(?:st|nd|rd|th|er)?[-._ ]{0,2}(?:de )?)(\p{L}{3,10})[-._ ]?((?:19|20)\d\d)(?!\d)/iu;
const NUMBER_YEAR = /(?<!\d|\d[-._ ])(0?[1-9]|1[0-2])[-._]((?:19|20)\d\d)(?!\d|[-._]\d)/;
const PERIOD_YEAR = /(?<!\p{L})(?:q|h|w|kw|cw|week)[-._ ]?(\d{1,2})[-._ ]?((?:19|20)\d\d)(?!\d)/iu;

/**
 * Rewrites dates that begin with the day or the month so that they begin with the year. Whether 01-12-2026 is in January or in
 * December is decided by the other names: no month is above 12.
 */
export function yearFirst(given: readonly string[]): NameReading {
  const plain = given.map((name) => name.replace(WEEKDAY, "").replace(YEAR_LAST, "$1$2 $5 $3"));
  const names = withLongYear(plain) ?? withYearBefore(plain) ?? plain;
  // "2 mar" may be the second of March or step 2, unless all names have a day and a month.
  const haveMonths = names.every((name) => monthOf(DAY_MONTH.exec(name)?.[2] ?? "") !== undefined);
  const named = separated(names.map((name) => withNamedMonth(name, haveMonths)));
  const matches = named.map((name) => NUMERIC.exec(name));
  if (matches.every((match) => match === null)) return { names: named, others: withMonthsAsWords(named) };
  const canBe = (month: number) => matches.every((match) => !match || Number(match[month]) <= 12);
  const [monthFirst, dayFirst] = [canBe(1), canBe(3)];
  // If neither order is possible for all dates, each date is read by its own numbers.
  const read = (month: 1 | 3) =>
    named.map((name, i) => {
      const match = matches[i];
      if (!match) return name;
      const own = Number(match[month]) <= 12 ? month : 4 - month;
      const date = `${match[4]}-${twoDigits(match[own]!)}-${twoDigits(match[4 - own]!)}`;
      return name.slice(0, match.index) + date + name.slice(match.index + match[0].length);
    });
  if (monthFirst !== dayFirst) return { names: read(dayFirst ? 3 : 1) };
  return { names: read(3), others: [read(1)] };
}

/** Returns names with years of four digits, if all dates have a month in letters and a year of two digits. */
function withLongYear(names: readonly string[]): string[] | undefined {
  const matches = names.map((name) => SHORT_YEAR.exec(name));
  if (!matches.every((match) => match && monthOf(match[3]!) !== undefined)) return undefined;
  const years = matches.map((match) => Number(match![4]));
  if (Math.max(...years) - Math.min(...years) > 1) return undefined;
  return names.map((name) => name.replace(SHORT_YEAR, (_, day, __, month, year) => `${day} ${month} 20${year}`));
}

/** Returns names with the year first, if all have a month, a quarter or a week followed by a year. */
function withYearBefore(names: readonly string[]): string[] | undefined {
  for (const pattern of [MONTH_YEAR, NUMBER_YEAR, PERIOD_YEAR]) {
    const matches = names.map((name) => pattern.exec(name));
    const numbers = matches.map((match) => (pattern === MONTH_YEAR ? monthOf(match?.[1] ?? "") : Number(match?.[1])));
    if (!matches.every((match, i) => match && numbers[i] !== undefined)) continue;
    return names.map((name, i) => name.replace(pattern, () => `${matches[i]![2]}-${twoDigits(String(numbers[i]))}`));
  }
  return undefined;
}

/** Returns names with separators in dates of eight digits, if all names have such a date and it cannot begin with the year. */
function separated(names: string[]): string[] {
  const matches = names.map((name) => COMPACT.exec(name));
  const areDates = matches.every((match) => {
    const [day, month] = [Number(match?.[1]), Number(match?.[2])];
    return match && Math.min(day, month) >= 1 && Math.min(day, month) <= 12 && Math.max(day, month) <= 31;
  });
  const mayBeginWithYear = matches.every((match) => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])/.test(match?.[0] ?? ""));
  if (!areDates || mayBeginWithYear) return names;
  return names.map((name) =>
    name.replace(COMPACT, (_, a, b, year, clock) => `${a}-${b}-${year}${clock && ` ${clock}`}`),
  );
}

/** Returns a name with its date in the order year, month, day, if the month is in letters; without a year, month and day. */
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

/**
 * Names whose dates have words that may be months of a language that is not known here, as if these came in the order of
 * the alphabet, and as if they came in the reverse: one of the two is not that of the days.
 */
function withMonthsAsWords(names: readonly string[]): string[][] {
  const matches = names.map((name) => DAY_MONTH.exec(name));
  const areDates = matches.every((match) => match?.[3] !== undefined);
  const words = [...new Set(matches.map((match) => match?.[2] ?? ""))].sort();
  if (!areDates || words.length < 2) return [];
  return [words, words.toReversed()].map((months) =>
    names.map((name) => name.replace(DAY_MONTH, (_, day, word, year) => `${year} ${months.indexOf(word)} ${day}`)),
  );
}

function monthOf(word: string): number | undefined {
  const rank = rankOf(word.toLowerCase());
  return rank?.family === "jan" ? rank.rank + 1 : undefined;
}

const twoDigits = (digits: string) => digits.padStart(2, "0");
