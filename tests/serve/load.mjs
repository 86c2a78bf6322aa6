// npm run test:serve-load [-- SECONDS]: 64 clients post and poll for a minute; what they were answered, how fast, and the memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "./support/loading.mjs";

const MOST_P99_MS = 50;
const folder = mkdtempSync(join(tmpdir(), "task-gif-load-"));
const mebibytes = (bytes) => `${Math.round(bytes / 1024 ** 2)} MiB`;
try {
  const { requests, statuses, errors, tasks, gifs, polls, p50, p99, most, peakBytes, memory } = await load(folder, {
    clients: 64,
    seconds: Number(process.argv[2] ?? 60),
  });
  if (polls === 0)
    throw new Error("no client came to ask for a GIF: give it longer, as in npm run test:serve-load -- 60");
  const quarter = Math.floor(memory.length / 4);
  const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(`${requests} requests: ${JSON.stringify(statuses)}, ${errors.length} broken connections`);
  console.log(`${tasks} tasks posted, ${gifs} GIFs made and downloaded`);
  console.log(`/gif ${polls} times: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${most.toFixed(1)} ms`);
  const [early, late] = [average(memory.slice(quarter, quarter * 2)), average(memory.slice(-quarter))];
  console.log(
    `memory: peak ${mebibytes(peakBytes)}; second quarter ${mebibytes(early)}, last quarter ${mebibytes(late)}`,
  );
  const all200 = Object.keys(statuses).join() === "200" ? "all answered with 200" : JSON.stringify(statuses);
  const calls = `\`GET .../gif\` p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, longest ${Math.round(most)} ms`;
  console.log("\n| requests | GIFs made | answers | memory of the server at most |\n| --- | --: | --- | --: |");
  console.log(`| ${requests.toLocaleString("en")}, ${all200} | ${gifs} | ${calls} | ${mebibytes(peakBytes)} |`);
  const isWrong = errors.length > 0 || Object.keys(statuses).some((status) => status !== "200" && status !== "429");
  if (isWrong || p99 > MOST_P99_MS) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
