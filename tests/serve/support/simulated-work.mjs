// A worker whose GIFs take a given time and no processor, so that the queue's own limits show; and what it makes.
//
//   node simulated-work.mjs STORE QUEUE MS RUNNING
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createTaskWorker, FileStore, openQueue } from "../../../dist/serve/index.node.js";

export const SIMULATED_WORKER = fileURLToPath(import.meta.url);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Large enough to be half written. */
const GIF_BYTES = 200_000;

/** A screenshot that says which task and step it belongs to. */
export const simulatedShot = (name, step) => Buffer.concat([PNG, Buffer.from(`${name} ${step}`)]);

/** What is made of the screenshots of a task. */
export function simulatedGif(name, steps) {
  const gif = Buffer.alloc(GIF_BYTES, `${name} ${steps} `);
  gif.write("GIF89a");
  gif[GIF_BYTES - 1] = 0x3b;
  return gif;
}

/** Whether a process is there. */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Notes that a task is being made; a file `twice-...` says that another process that is still there makes it too. */
function begin(folder, name) {
  const path = join(folder, name);
  for (;;) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const other = Number(readFileSync(path, { encoding: "utf8", flag: "a+" }));
      if (other > 0 && isAlive(other)) writeFileSync(join(folder, `twice-${name}-${process.pid}-${other}`), "");
      rmSync(path, { force: true });
    }
  }
}

if (argv[1] === SIMULATED_WORKER) {
  const [, , store, queue, ms, running] = argv;
  const worker = createTaskWorker({
    store: new FileStore(store),
    queue: await openQueue(queue),
    async assemble(screenshots, { signal }) {
      let name;
      let steps = 0;
      for await (const { image } of screenshots) {
        [name] = (await image.text()).slice(PNG.toString().length).split(" ");
        steps++;
      }
      const end = begin(running, name);
      try {
        await pause(Number(ms), undefined, { signal });
      } finally {
        end();
      }
      return { blob: new Blob([simulatedGif(name, steps)]) };
    },
  });
  worker.start();
  process.on("SIGTERM", () => worker.stop().then(() => process.exit()));
  process.stdout.write("works\n");
}
