// The page's end: loads the package, listens to the server, runs scenarios.
import { runScenario } from "./scenario.mjs";

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
