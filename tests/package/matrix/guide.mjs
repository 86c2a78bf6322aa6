// The lines of configuration that the guide to frameworks gives, so that tests run exactly those.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readBlocks } from "../blocks/read.mjs";

const META_FRAMEWORKS = fileURLToPath(new URL("../../../www/docs/meta-frameworks.md", import.meta.url));

/** The one block of code in the guide that has `text` in it. */
export function fromGuide(text) {
  const blocks = [...readBlocks()].filter(
    ([name, { code }]) => name.startsWith("frameworks.md ") && code.includes(text),
  );
  if (blocks.length !== 1) throw new Error(`expected one block with ${text} in frameworks.md, found ${blocks.length}`);
  return blocks[0][1].code;
}

/** The files that a section of the guide to application frameworks shows, by the path in their first line. */
export function filesOfSection(name) {
  const found = blocksOf(name).flatMap((code) => {
    const path = /^(?:---\n)?(?:\/\/|<!--) (\S+)(?: -->)?\n/.exec(code)?.[1];
    return path ? [[path, code]] : [];
  });
  assert.ok(found.length > 0, `the guide shows files for ${name}`);
  return Object.fromEntries(found);
}

/** The blocks of a section of that guide. */
export function blocksOf(name) {
  const section = readFileSync(META_FRAMEWORKS, "utf8")
    .split(/^## /m)
    .find((text) => text.startsWith(`${name}\n`));
  assert.ok(section, `the guide has a section on ${name}`);
  return [...section.matchAll(/^```\w+\n([\s\S]*?)^```/gm)].map(([, code]) => code);
}
