// Draws the golden pictures of captions anew; look at each before it is committed:
//
//   node tests/captions/support/bless.mjs
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CASES } from "./cases.mjs";
import { drawCase } from "./draw.mjs";
import { importCaptions, tools, toPng } from "./in-node.mjs";

const FOLDER = fileURLToPath(new URL("../../fixtures/goldens/captions", import.meta.url));

const [source, drawing] = [await importCaptions(), await tools()];
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const scene of CASES) {
  writeFileSync(join(FOLDER, `${scene.name}.png`), toPng(drawCase(source, drawing, scene)));
}
