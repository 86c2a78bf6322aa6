import dns from "node:dns/promises";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Platform } from "../js/platform/platform.ts";
import { fetchBlob } from "../js/sources/to-blob.ts";
import { describeError, TaskGifError } from "../js/task-gif-error.ts";
import type { FromWorker } from "../js/workers/protocol.ts";
import { callingThread } from "../js/workers/web-worker.ts";
import type { TransportEvents, WorkerTransport } from "../js/workers/worker-transport.ts";

/** The platform Node: worker threads, and wasm files that are read from beside the package's own files. */
export const node: Platform = {
  workers: [workerThread, callingThread],
  wasm: {
    assembler: () => readFile(new URL("task_gif_bg.wasm", import.meta.url)),
    client: () => readFile(new URL("task_gif_client_bg.wasm", import.meta.url)),
  },
  readUrl,
  writeFile: (path, bytes) => writeFile(path, bytes),
  canvases: async () => (await import("./canvas.ts")).nodeCanvases(),
  resolveHost: async (host) => (await dns.lookup(host, { all: true })).map(({ address }) => address),
  mostWorkers: () => Math.min(availableParallelism(), 8),
};

function workerThread(events: TransportEvents): WorkerTransport {
  // The flags of the process are not passed on: with --input-type, no worker could start from a file.
  const worker = new Worker(new URL("./worker.node.js", import.meta.url), { name: "task-gif", execArgv: [] });
  worker.on("message", (reply: FromWorker) => events.message(reply));
  worker.on("messageerror", (error) => events.error(error.message));
  worker.on("error", (error) => events.error(describeError(error)));
  worker.on("exit", (code) => events.error(`the worker thread ended with code ${code}`));
  return {
    kind: "node",
    post: (message, transfer) => worker.postMessage(message, transfer as readonly ArrayBuffer[]),
    terminate: () => {
      worker.removeAllListeners();
      void worker.terminate();
    },
    hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
  };
}

/**
 * Reads a URL. Files are read for a `URL` object only: a string may come from a task record, which must not read files.
 *
 * @throws `TaskGifError` `UNREADABLE` for a file, `FETCH_FAILED` for other strings than absolute http(s) URLs.
 */
async function readUrl(url: string | URL, signal: AbortSignal | undefined): Promise<Blob> {
  if (url instanceof URL && url.protocol === "file:") {
    try {
      return new Blob([await readFile(fileURLToPath(url), { signal })]);
    } catch (error) {
      throw new TaskGifError("UNREADABLE", `cannot read ${url.pathname}: ${describeError(error)}`, undefined, error);
    }
  }
  if (!URL.canParse(url) || new URL(url).protocol === "file:") {
    const found = String(url).slice(0, 80);
    const hint = "to read a file, pass its bytes or a file: URL object";
    throw new TaskGifError("FETCH_FAILED", `expected an absolute http(s) URL, found ${JSON.stringify(found)}; ${hint}`);
  }
  return fetchBlob(url, signal);
}
