#!/usr/bin/env node
// Fails when an export of the package, or a member of one, has no doc comment: the API reference is made of them.
//
//   node scripts/reference.mjs [folder with the declarations, by default dist/]
import { join } from "node:path";
import { argv } from "node:process";
import { undocumented } from "./lib/docs/declarations.mjs";
import { readEntries } from "./lib/docs/reference.mjs";
import { ROOT } from "./lib/process.mjs";
import { main, StepError, say } from "./lib/report.mjs";

await main(() => {
  const entries = readEntries(argv[2] ?? join(ROOT, "dist"), join(ROOT, "src/entries"));
  const missing = entries.flatMap(({ name, doc, items }) =>
    [...(doc ? [] : ["the entry itself"]), ...undocumented(items)].map((what) => `${name}: ${what}`),
  );
  if (missing.length > 0) {
    throw new StepError(`without a doc comment:\n  ${missing.join("\n  ")}`, "Say what it is in a comment above it.");
  }
  const count = entries.reduce((sum, { items }) => sum + items.length, 0);
  say("reference", `${count} exports of ${entries.length} entries, each with a doc comment`);
});
