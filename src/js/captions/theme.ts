/** Colors as 0xRRGGBB. Text stands out from its ground by 7:1 at least (WCAG 2.2, 1.4.6). */
export type Theme = {
  /** Bar, box or card. */
  ground: number;
  /** Captions and the title. */
  text: number;
  /** The step's number. */
  muted: number;
  /** Colors of the filled and of the empty part of the progress bar. */
  progress: number;
  track: number;
};

const DARK: Theme = { ground: 0x16191f, text: 0xf4f6f8, muted: 0xaeb8c4, progress: 0x4aa3ff, track: 0x343a44 };
const LIGHT: Theme = { ground: 0xf6f7f9, text: 0x15181d, muted: 0x464e5a, progress: 0x0b6bcb, track: 0xd5dae1 };
/** The boxes over a page: as browser-use draws them. */
const OVER: Theme = { ...DARK, ground: 0x000000, text: 0xffffff, muted: 0xffffff };

/**
 * Returns the colors of a theme. `"auto"` depends on `background`: the bar is light or dark as the area beside smaller screenshots.
 * It cannot depend on the viewer's setting, since the same input must give the same file, nor on the screenshots, since the first is
 * painted before the last is known.
 */
export function themeOf(name: "light" | "dark" | "auto", background: number, position: "below" | "over"): Theme {
  const isLight = name === "auto" ? luminance(background) > 0.18 && position === "below" : name === "light";
  if (isLight) return LIGHT;
  return position === "over" ? OVER : DARK;
}

/** Contrast ratio of two colors, 1 to 21 (WCAG 2.2). */
export function contrast(a: number, b: number): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Converts a color for a canvas. */
export function css(color: number): string {
  return `#${color.toString(16).padStart(6, "0")}`;
}

/** WCAG 2.2, relative luminance. */
function luminance(color: number): number {
  const linear = (shift: number) => {
    const channel = ((color >> shift) & 255) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0);
}
