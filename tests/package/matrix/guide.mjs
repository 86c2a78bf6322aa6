// The lines of configuration that the guide to frameworks gives, so that tests run exactly those.
import { readBlocks } from "../blocks/read.mjs";

/** The one block of code in the guide that has `text` in it. */
export function fromGuide(text) {
  const blocks = [...readBlocks()].filter(
    ([name, { code }]) => name.startsWith("frameworks.md ") && code.includes(text),
  );
  if (blocks.length !== 1) throw new Error(`expected one block with ${text} in frameworks.md, found ${blocks.length}`);
  return blocks[0][1].code;
}
