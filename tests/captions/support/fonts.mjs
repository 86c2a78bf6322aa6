// Fonts that are the same on every machine: small packages, by the file of each that holds the characters needed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));

const PACKAGES = [
  { family: "Latin", name: "@fontsource/noto-sans", file: (subset) => `noto-sans-${subset}-400-normal` },
  { family: "Arabic", name: "@fontsource/noto-sans-arabic", file: (subset) => `noto-sans-arabic-${subset}-400-normal` },
  { family: "Hebrew", name: "@fontsource/noto-sans-hebrew", file: (subset) => `noto-sans-hebrew-${subset}-400-normal` },
  {
    family: "Devanagari",
    name: "@fontsource/noto-sans-devanagari",
    file: (subset) => `noto-sans-devanagari-${subset}-400-normal`,
  },
  { family: "Thai", name: "@fontsource/noto-sans-thai", file: (subset) => `noto-sans-thai-${subset}-400-normal` },
  {
    family: "Chinese",
    name: "@fontsource-variable/noto-sans-sc",
    file: (subset) => `noto-sans-sc-${subset}-wght-normal`,
  },
];

/** The faces that show these texts: `{ family, ranges, path }`, in the order in which they are to be asked. */
export function facesFor(texts) {
  const points = [...new Set([...texts.join("")])].map((character) => character.codePointAt(0));
  const faces = PACKAGES.flatMap(({ family, name, file }) => {
    const ranges = JSON.parse(readFileSync(join(folderOf(name), "unicode.json"), "utf8"));
    return Object.entries(ranges).flatMap(([key, range]) => {
      const subset = key.replace(/[[\]]/g, "");
      const path = join(folderOf(name), "files", `${file(subset)}.woff2`);
      return points.some((point) => isIn(point, range)) ? [{ family: `Test ${family} ${subset}`, range, path }] : [];
    });
  });
  return [...faces, { family: "Test Emoji", path: join(folderOf("twemoji-colr-font"), "twemoji.woff2") }];
}

/** The families of these faces as a CSS list. */
export const familyList = (faces) => faces.map(({ family }) => `"${family}"`).join(", ");

function isIn(point, range) {
  return range.split(",").some((part) => {
    const [from, to = from] = part.trim().slice(2).split("-");
    return point >= Number.parseInt(from, 16) && point <= Number.parseInt(to, 16);
  });
}
