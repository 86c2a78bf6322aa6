// The page's end: loads the package, listens to the server, runs scenarios.
import { describe, runScenario } from "./scenario.mjs";

const listeners = new Set();
const { fetch } = globalThis;
let ready;

const link = {
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  release: (number) => fetch(`/release/${number}`, { method: "POST" }),
};

/** Runs a scenario in this page. */
export async function run(origins, spec) {
  ready ??= open(origins);
  return runScenario(await ready, origins, link, spec);
}

/** What the scenario that runs is waiting for. */
export const state = () => describe();

/** Asks for a GIF in a worker; resolves to what came of it. */
export function inWorker(origins) {
  const worker = new Worker("/tests/client/support/in-worker.mjs", { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(origins);
  }).finally(() => worker.terminate());
}

/** What the constructor says to each of these options. */
export async function construct(listOfOptions) {
  const { TaskClient } = await import("/dist/index.js");
  return listOfOptions.map((options) => {
    try {
      return String(new TaskClient(options));
    } catch (error) {
      return String(error);
    }
  });
}

/** Loads the wasm before any clock stands still. */
export async function open(origins) {
  await listen();
  const library = await import("/dist/index.js");
  await new library.TaskClient({ baseUrl: `${origins.api}/api/v1` }).getStatus("warm_up").catch(() => {});
  return library;
}

async function listen() {
  const response = await fetch("/events");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  (async () => {
    let text = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += piece.value;
      const lines = text.split("\n");
      text = lines.pop();
      for (const line of lines) for (const listener of [...listeners]) listener(JSON.parse(line));
    }
  })();
}
