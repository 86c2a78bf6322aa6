// A report of a task as one HTML file, from a folder of screenshots: node node-report.mjs FOLDER report.html
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { assembleGif } from "task-gif";
import { reportHtml } from "task-gif/report";

const [, , folder, output = "report.html"] = argv;
const names = readdirSync(folder)
  .filter((name) => /\.(png|jpe?g|webp)$/i.test(name))
  .sort();
const steps = names.map((name, index) => ({ number: index + 1, caption: name }));
const screenshots = names.map((name, index) => ({ ...steps[index], image: readFileSync(join(folder, name)) }));

const gif = await assembleGif(screenshots);
writeFileSync(output, reportHtml({ title: folder, steps, gif: await gif.blob.arrayBuffer() }));
console.log(`${output}: ${gif.frames.length} frames, ${gif.blob.size} bytes`);
