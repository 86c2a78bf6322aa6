import type { Options } from "../public-types.ts";

/** Attributes that stand for options, for pages that set nothing by script. */
export const OPTION_ATTRIBUTES = ["max-duration", "speed", "camera"] as const;

const MS = { ms: 1, s: 1000, m: 60_000, min: 60_000 } as const;

/** Returns the options in attributes. Invalid values are passed on as they are: the assembler refuses them by name. */
export function optionsFromAttributes(element: Element): Options {
  const [duration, speed, camera] = OPTION_ATTRIBUTES.map((name) => element.getAttribute(name));
  return {
    ...(duration && { maxDuration: millisecondsOf(duration) as number }),
    ...(speed && { speed: (Number.isNaN(Number(speed)) ? speed : Number(speed)) as number }),
    ...(camera && { camera: camera as NonNullable<Options["camera"]> }),
  };
}

/** Parses a time such as `20s` to ms, as the command line does. A number without a unit is in ms. */
function millisecondsOf(text: string): number | string {
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min)?$/.exec(text.trim()) ?? [];
  return number === undefined ? text : Number(number) * MS[unit as keyof typeof MS];
}
