// A platform whose workers are channels on this thread, with the fake wasm behind them.
import { FakeWorld } from "./fake-wasm.mjs";
import { importSource } from "./source.mjs";

const EMPTY_WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * The library over the fake: `{ assembleGif, GifRecorder, ..., world, workers }`. Workers take a random, but
 * repeatable, number of turns for each request; `workers.seed(n)` starts another series. No more than `workers.most` can
 * be started.
 */
export async function importOverFake() {
  const modules = await importSource(
    "api/index",
    "platform/platform",
    "platform/shared-resources",
    "workers/worker-request-handler",
  );
  const world = new FakeWorld();
  const workers = {
    started: 0,
    terminated: 0,
    most: Number.POSITIVE_INFINITY,
    random: generator(1),
    seed: (n) => (workers.random = generator(n)),
  };
  const platform = {
    workers: [
      (events) => fakeWorker(modules["workers/worker-request-handler"].WorkerRequestHandler, world, workers, events),
    ],
    wasm: { assembler: () => EMPTY_WASM, client: () => EMPTY_WASM },
    readUrl: async (url) => {
      const found = new URL(url).searchParams;
      await new Promise((resolve) => setTimeout(resolve, Number(found.get("wait") ?? 0)));
      if (found.has("missing")) {
        const { TaskGifError } = modules["api/index"];
        throw new TaskGifError("FETCH_FAILED", "expected a screenshot, found HTTP status 404");
      }
      return new Blob([found.get("shot")]);
    },
    mostWorkers: () => 4,
  };
  modules["platform/platform"].usePlatform(platform);
  return { ...modules["api/index"], pool: modules["platform/shared-resources"].sharedResources().pool, world, workers };
}

/** Random numbers from 0 to 1 that are the same every time. */
export function generator(seed) {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function fakeWorker(WorkerRequestHandler, world, workers, events) {
  if (workers.started - workers.terminated >= workers.most) throw new Error("there is no room for another worker");
  workers.started++;
  const { port1, port2 } = new MessageChannel();
  const pause = async () => {
    const turns = Math.floor(workers.random() * 4);
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const host = new WorkerRequestHandler(world.instantiate, (reply, list) => port2.postMessage(reply, list), pause);
  port2.onmessage = ({ data }) => host.handle(data);
  port1.onmessage = ({ data }) => events.message(data);
  return {
    kind: "module",
    post: (message, transfer) => port1.postMessage(message, transfer),
    terminate: () => {
      workers.terminated++;
      port1.close();
      port2.close();
    },
    hold: (isBusy) => {
      if (isBusy) port1.ref();
      else port1.unref();
      port2.unref();
    },
  };
}
