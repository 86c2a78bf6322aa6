import { integer, reject } from "./argument-checks.ts";

/** A color as 0xRRGGBB. */
export function color(value: unknown, path: string): number {
  if (typeof value === "number") return integer(value, path, 0, 0xffffff);
  const hex = typeof value === "string" ? /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(value)?.[1] : undefined;
  if (hex === undefined) return reject(path, 'a color like "#fff" or "#ffffff"', value);
  return Number.parseInt(hex.length === 3 ? hex.replace(/./g, "$&$&") : hex, 16);
}
