// Worker threads whose answers come late, each by another time, so that jobs end in an order of chance. Answers of one
// worker keep theirs. Must be imported before the package, which then takes them for Node's.
import { createRequire, syncBuiltinESMExports } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { generator } from "./pictures.mjs";

const threads = createRequire(import.meta.url)("node:worker_threads");
const { Worker } = threads;
const MOST_MS = 6;

const random = generator(1);
let [given, passed] = [0, 0];

/** Whether answers are delayed, and how many were overtaken by one that was given after them. */
export const shuffle = { on: false, overtaken: 0 };

class ShuffledWorker extends Worker {
  #before = Promise.resolve();

  emit(name, ...values) {
    if (name !== "message" || !shuffle.on) return super.emit(name, ...values);
    const number = given++;
    this.#before = Promise.all([this.#before, wait(random() * MOST_MS)]).then(() => {
      if (number < passed) shuffle.overtaken++;
      passed = Math.max(passed, number);
      super.emit(name, ...values);
    });
    return true;
  }
}

threads.Worker = ShuffledWorker;
syncBuiltinESMExports();
