// npm run test:serve-kill: SIGKILL at 200 random moments under load, or at as many as are given.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killRepeatedly } from "./support/killing.mjs";

const folder = mkdtempSync(join(tmpdir(), "task-gif-kill-"));
try {
  const done = await killRepeatedly(folder, Number(process.argv[2] ?? 200), { say: console.log });
  const { kills, acknowledged, finished, reads, midway } = done;
  console.log(`${kills} kills; after ${midway} of them a GIF was begun and not finished`);
  console.log(`${acknowledged} acknowledged screenshots, all there; ${finished} finished tasks, all with their GIF`);
  console.log(`${reads} GIFs read meanwhile, all whole`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
