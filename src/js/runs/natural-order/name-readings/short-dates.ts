import { commonPrefix, type NameReading } from "./name-reading.ts";

/** 29.11.26, 29-11-26, 291126: three numbers of up to two digits. */
const WITH_YEAR = /(?<!\d|\d[-._])(\d{1,2})([-._ ]?)(\d{1,2})\2(\d\d)(?!\d)/;
/** 29.11, 29-11: two numbers of two digits. At least one day must be above 23, since 01.02 may be a chapter or a time of day. */
const WITHOUT_YEAR = /(?<!\d|\d[-._])(\d\d)([-._]?)(\d\d)\.?(?!\d|[-._ ]?\d)/;
/** Plausible years of two digits: 2010 to 2049. */
const [FIRST_YEAR, LAST_YEAR] = [10, 49];

/** Three numbers that may be a date, and their place in a name. */
type FoundDate = { at: number; text: string; numbers: readonly [number, number, number] };

/**
 * Rewrites dates that begin with the day or the month and have a year of two digits or none, so that they begin with the year. All
 * dates must be in one year, or in two consecutive months if they have no year, or around one New Year. The same numbers may be
 * times of day, versions, chapters, counters, or dates that begin with the year: the possible other readings are in `others`.
 */
export function shortDates(names: readonly string[]): NameReading {
  const found = datesWithYear(names) ?? datesWithoutYear(names);
  if (!found || names.length < 2) return { names: [...names] };
  const { dates, isYearTold, mayBeNone } = found;
  const read = (day: 0 | 1): string[] | undefined => {
    const months = dates.map(({ numbers }) => numbers[1 - day]!);
    const isOverNewYear = !isYearTold && months.includes(12) && months.every((month) => month === 12 || month === 1);
    const values = dates.map(({ numbers }, i) => {
      const year = isOverNewYear && months[i] === 1 ? 1 : numbers[2];
      return [year, months[i]!, numbers[day]!] as const;
    });
    if (!values.every(([, month, date]) => month >= 1 && month <= 12 && date >= 1 && date <= 31)) return undefined;
    if (!areNear(values, isYearTold)) return undefined;
    return dates.map(({ at, text }, i) => {
      const digits = values[i]!.map((number) => String(number).padStart(2, "0")).join("-");
      return `${names[i]!.slice(0, at)}20${digits}${names[i]!.slice(at + text.length)}`;
    });
  };
  const readings = [read(0), read(1)].filter((reading) => reading !== undefined);
  const [first, ...others] = readings;
  if (!first) return { names: [...names] };
  if (mayBeNone) others.push([...names]);
  return others.length > 0 ? { names: first, others } : { names: first };
}

/** Whether dates are in one year or around one New Year; without years, in one month or two consecutive ones. */
function areNear(values: readonly (readonly [number, number, number])[], isYearTold: boolean): boolean {
  const years = [...new Set(values.map(([year]) => year))].sort((a, b) => a - b);
  if (!isYearTold) {
    const months = values.map(([year, month]) => 12 * year + month);
    return Math.max(...months) - Math.min(...months) <= 1;
  }
  if (years.some((year) => year < FIRST_YEAR || year > LAST_YEAR) || years.length > 2) return false;
  if (years.length === 1) return true;
  return values.every(([year, month]) => (year === years[0] ? month >= 11 : month <= 2)) && years[1] === years[0]! + 1;
}

type FoundDates = { dates: FoundDate[]; isYearTold: boolean; mayBeNone: boolean };

function datesWithYear(names: readonly string[]): FoundDates | undefined {
  const matches = matchesAtOnePlace(names, WITH_YEAR);
  if (!matches || new Set(matches.map((match) => match[2])).size > 1) return undefined;
  // Without separators, a date needs all six digits.
  if (matches.some(([text, day, separator]) => separator === "" && (text.length < 6 || day!.length < 2)))
    return undefined;
  const parts = matches.map((match) => [match[1]!, match[3]!, match[4]!]);
  const numbers = parts.map((texts) => texts.map(Number) as [number, number, number]);
  const isCounter = matches[0]![2] === "";
  const isTime = numbers.every(([hour, minute, second]) => hour < 24 && minute < 60 && second < 60);
  const isVersion = parts.every((texts) => texts.every((text) => !text.startsWith("0")));
  const years = numbers.map(([year]) => year);
  const isYearFirst =
    Math.min(...years) >= FIRST_YEAR &&
    Math.max(...years) - Math.min(...years) <= 1 &&
    numbers.every(([, month, day]) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
  const dates = matches.map((match, i) => ({ at: match.index, text: match[0], numbers: numbers[i]! }));
  return { dates, isYearTold: true, mayBeNone: isCounter || isTime || isVersion || isYearFirst };
}

function datesWithoutYear(names: readonly string[]): FoundDates | undefined {
  const matches = matchesAtOnePlace(names, WITHOUT_YEAR);
  if (!matches || new Set(matches.map((match) => match[2])).size > 1) return undefined;
  const dates = matches.map((match): FoundDate => {
    return { at: match.index, text: match[0], numbers: [Number(match[1]), Number(match[3]), 0] };
  });
  if (dates.every(({ numbers }) => numbers[0] < 24)) return undefined;
  if (matches[0]![2] === "" && areCounters(dates.map(({ text }) => Number(text)))) return undefined;
  return { dates, isYearTold: false, mayBeNone: true };
}

/** Whether numbers leave out no more than there are. */
const areCounters = (values: readonly number[]) => Math.max(...values) - Math.min(...values) < 2 * values.length;

/** Returns the match in each name, if all are at the place where names begin to differ. */
function matchesAtOnePlace(names: readonly string[], pattern: RegExp): RegExpExecArray[] | undefined {
  const begin = commonPrefix(names).replace(/[\d\-._ ]*$/, "").length;
  const matches = names.map((name) => pattern.exec(name));
  if (!matches.every((match) => match !== null)) return undefined;
  const [first] = matches;
  return first && first.index >= begin && matches.every(({ index }) => index === first.index) ? matches : undefined;
}
