import type { Rect } from "../public-types.ts";
import type { Overlay } from "../wasm-types.ts";

/** Number of sample points in each direction for the coverage of one pixel. */
const SAMPLES = 4;

/** A filled box. */
export function solidBox(rect: Rect, color: number): Overlay {
  return { ...rect, kind: "solid", color };
}

/** Returns a filled box with round corners. It is computed rather than drawn, so that all platforms give the same pixels. */
export function roundBox(rect: Rect, radiusPx: number, color: number): Overlay[] {
  const { left, top, width, height } = rect;
  const r = Math.floor(Math.min(radiusPx, width / 2, height / 2));
  const corner = cornerCoverage(r);
  const corners = [0, 1].flatMap((below) =>
    [0, 1].map((right): Overlay => {
      const place = { left: left + right * (width - r), top: top + below * (height - r), width: r, height: r };
      const coverage = corner.map((_, i) => {
        const [x, y] = [i % r, Math.floor(i / r)];
        return corner[(below ? r - 1 - y : y) * r + (right ? r - 1 - x : x)]!;
      });
      return { ...place, kind: "coverage", color, coverage };
    }),
  );
  return [
    solidBox({ left: left + r, top, width: width - 2 * r, height }, color),
    solidBox({ left, top: top + r, width: r, height: height - 2 * r }, color),
    solidBox({ left: left + width - r, top: top + r, width: r, height: height - 2 * r }, color),
    ...(r > 0 ? corners : []),
  ].filter((each) => each.width > 0 && each.height > 0);
}

/** Coverage of the top left corner, `r` by `r` pixels. */
function cornerCoverage(r: number): Uint8Array {
  return Uint8Array.from({ length: r * r }, (_, i) => {
    const [x, y] = [i % r, Math.floor(i / r)];
    let inside = 0;
    for (let s = 0; s < SAMPLES * SAMPLES; s++) {
      const dx = r - x - ((s % SAMPLES) + 0.5) / SAMPLES;
      const dy = r - y - (Math.floor(s / SAMPLES) + 0.5) / SAMPLES;
      if (dx * dx + dy * dy <= r * r) inside++;
    }
    return Math.round((255 * inside) / (SAMPLES * SAMPLES));
  });
}
