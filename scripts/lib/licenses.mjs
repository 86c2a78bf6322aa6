// The licences of the packages that are bundled into dist/, which ask to be shipped with every copy.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./process.mjs";
import { StepError } from "./report.mjs";

const ALLOWED = /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|OFL-1\.1)$/;

/** The text that names every bundled package with its licence; `inputs` are paths of bundled files from the root. */
export function licensesOf(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
    const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
    if (!ALLOWED.test(license)) throw new StepError(`${name} is under ${license}, which may not be bundled`);
    const text = file ? readFileSync(join(ROOT, folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `Parts of these packages are in the files beside this one.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
