import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Options } from "../../js/public-types.ts";
import { openQueue } from "../../node/queue/bullmq-queue.ts";
import { makeBatch } from "../../serve/gifs/make-batch.ts";
import { CliError, usageError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { openStore } from "../open-store.ts";
import { readableBytes } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { writeOutput, writeStdout } from "../write-output.ts";
import { type RunOutcome, reportOutcomes } from "./run-outcomes.ts";

/**
 * Makes the GIF of every task in a folder or bucket, as a server does, by the workers of a queue or in this process.
 * GIFs are written to the store and copied into the output folder.
 */
export async function makeInStore(
  place: string,
  folder: string,
  values: Record<string, unknown>,
  options: Options,
): Promise<void> {
  for (const name of ["watch", "report", "order", "captions-of"]) {
    if (values[name] !== undefined) throw usageError(`--${name} goes with a record on this machine, without --queue`);
  }
  const { workers, ...wanted } = options;
  const store = await openStore(place, values);
  const address = values.queue as string | undefined;
  const queue = address === undefined ? undefined : await openQueue(address);
  await mkdir(folder, { recursive: true });
  const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
  const outcomes: RunOutcome[] = [];
  const log = () => {};
  const signal = new AbortController().signal;
  try {
    const batch = makeBatch({ store, queue, options: wanted, log, signal, ...(workers !== undefined && { workers }) });
    for await (const { task, gif, error } of batch) {
      const { status } = task.record;
      const outcome: RunOutcome = { run: outcomes.length + 1, name: task.id, ...(status !== undefined && { status }) };
      outcomes.push(outcome);
      if (!gif) {
        outcome.error = error!;
        display.line(`${task.id}: ${error!.code}: ${error!.message}`);
        continue;
      }
      const file = `${task.id}.gif`;
      const there = await stat(join(folder, file)).catch(() => undefined);
      if (there?.size !== gif.length) await writeOutput(join(folder, file), new Blob([gif]));
      Object.assign(outcome, { gif: file, bytes: gif.length });
      display.line(`${file}: ${readableBytes(gif.length)}`);
    }
  } catch (error) {
    // The server code refused the options: the details are in the body of its response.
    const { detail } = (await (error as { res?: Response }).res?.json().catch(() => undefined)) ?? {};
    if (detail === undefined) throw error;
    throw new CliError("USAGE", EXIT.usage, `with a store: ${JSON.stringify(detail)}`);
  } finally {
    display.clear();
    await queue?.close();
  }
  await reportOutcomes(folder, outcomes, values.json === true ? writeStdout : undefined);
}
