import type { Options } from "../public-types.ts";

/** Attributes that stand for options, for pages that set nothing by script. */
export const OPTION_ATTRIBUTES = ["max-duration", "speed", "camera"] as const;

const MS = { ms: 1, s: 1000, m: 60_000, min: 60_000 } as const;

/** The options that attributes give. What means nothing is handed on as it is: whoever makes the GIF refuses it by name. */
export function optionsFromAttributes(element: Element): Options {
  const [duration, speed, camera] = OPTION_ATTRIBUTES.map((name) => element.getAttribute(name));
  return {
    ...(duration && { maxDuration: millisecondsOf(duration) as number }),
    ...(speed && { speed: (Number.isNaN(Number(speed)) ? speed : Number(speed)) as number }),
    ...(camera && { camera: camera as NonNullable<Options["camera"]> }),
  };
}

/** Milliseconds of a text such as `20s`, as the command line has them: without a unit, of a number of milliseconds. */
function millisecondsOf(text: string): number | string {
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min)?$/.exec(text.trim()) ?? [];
  return number === undefined ? text : Number(number) * MS[unit as keyof typeof MS];
}
