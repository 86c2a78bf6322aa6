// The blocks of code in the README and the guides, each by the name of its page and its place there.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const GUIDES = "www/docs";

/** All blocks: a map from names such as `captions.md 2` to `{ language, code }`. */
export function readBlocks() {
  const guides = readdirSync(join(ROOT, GUIDES)).map((name) => `${GUIDES}/${name}`);
  const blocks = new Map();
  for (const page of ["README.md", ".github/CONTRIBUTING.md", ...guides]) {
    const found = readFileSync(join(ROOT, page), "utf8").matchAll(/^```(\w*)\n([\s\S]*?)^```/gm);
    [...found].forEach(([, language, code], index) => {
      blocks.set(`${page.slice(page.lastIndexOf("/") + 1)} ${index + 1}`, { language, code });
    });
  }
  return blocks;
}
