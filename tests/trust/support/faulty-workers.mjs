// Worker threads that fail when they are told to. Must be imported before the package, which then takes them for Node's.
import { createRequire, syncBuiltinESMExports } from "node:module";

const threads = createRequire(import.meta.url)("node:worker_threads");
const { Worker } = threads;

/** The workers that live, and what is to go wrong next: `"kill"` or `"trap"`, once, after so many messages. */
export const workers = { live: new Set(), started: 0, fault: undefined, after: 0, faults: 0 };

function isDue() {
  if (!workers.fault || workers.after-- > 0) return undefined;
  const { fault } = workers;
  workers.fault = undefined;
  workers.faults++;
  return fault;
}

class FaultyWorker extends Worker {
  #trapped = false;

  constructor(...given) {
    super(...given);
    workers.started++;
    workers.live.add(this);
    super.once("exit", () => workers.live.delete(this));
  }

  // Whoever ends a worker stops listening to it first.
  async terminate() {
    const code = await super.terminate();
    workers.live.delete(this);
    return code;
  }

  postMessage(message, transfer) {
    const isWork = ["analyze", "encode", "plan"].includes(message?.type);
    const fault = isWork && !this.#trapped ? isDue() : undefined;
    if (fault === "kill") return void this.terminate();
    if (fault === "trap") {
      // What the host answers when the instance traps; it never answers anything else after that.
      this.#trapped = true;
      const reply = { type: "crash", id: message.id, memoryBytes: 0, message: "unreachable" };
      return void setImmediate(() => this.emit("message", reply));
    }
    if (!this.#trapped) super.postMessage(message, transfer);
  }
}

threads.Worker = FaultyWorker;
syncBuiltinESMExports();
