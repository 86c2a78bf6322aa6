import type { NameReading } from "./name-reading.ts";

/** A version: two or more numbers separated by points, or one number after a "v". */
const VERSION = /(?<![\d.])(?:v?\d+(?:\.\d+)+|(?<!\p{L})v\d+)/iu;
/** Words after the version of a prerelease, the earliest stage first. */
const STAGES = ["dev|snapshot|nightly|canary", "alpha", "beta", "preview|pre", "rc"];
const STAGE = new RegExp(`^[-._+ ]?(${STAGES.join("|")})(?![a-z])[-._ ]?`, "i");
/** 1.0a1 and 1.0b2 are prereleases of Python packages; elsewhere 1.0a1 may be part 1 of 1.0a. */
const LETTER = /^([ab])(?=\d)/i;

/** Rewrites versions so that prereleases have smaller numbers than the release: `v1.0.0-rc.1` comes before `v1.0.0`. */
export function prereleases(names: readonly string[]): NameReading {
  const versions = names.map((name) => VERSION.exec(name));
  const rests = names.map((name, i) => name.slice((versions[i]?.index ?? 0) + (versions[i]?.[0].length ?? 0)));
  const stages = rests.map((rest, i) => (versions[i] ? STAGE.exec(rest) : null));
  const letters = rests.map((rest, i) => (versions[i] && !stages[i] ? LETTER.exec(rest) : null));
  const areLetters = letters.some((letter) => letter !== null);
  if (!areLetters && stages.every((stage) => stage === null)) return { names: [...names] };
  const read = names.map((name, i) => {
    const [version, rest] = [versions[i], rests[i]!];
    if (!version) return name;
    const begin = name.slice(0, version.index) + version[0];
    const stage = stages[i] ?? letters[i];
    return stage ? `${begin} ${placeOf(stage[1]!)} ${rest.slice(stage[0].length)}` : `${begin} ${STAGES.length}${rest}`;
  });
  return areLetters ? { names: read, others: [[...names]] } : { names: read };
}

function placeOf(stage: string): number {
  return STAGES.findIndex((words) => words.split("|").some((word) => word === stage.toLowerCase() || isLetterOf(word)));

  function isLetterOf(word: string): boolean {
    return stage.length === 1 && /^(?:alpha|beta)$/.test(word) && word.startsWith(stage.toLowerCase());
  }
}
