// A server under load that is killed at random moments, and what has to hold all the same.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { assembleGif } from "../../../dist/index.node.js";
import { bytesOf } from "../../node/support/fixtures.mjs";
import { call, serve } from "./server.mjs";

const SHOTS = bytesOf("shop");
const CLIENTS = 6;
const MOST_SHOTS = 4;
const LONGEST_LIFE_MS = 900;
/** Longer than a GIF takes, on a machine with other things to do. */
const PATIENCE_MS = 120_000;

/**
 * Kills the server of `folder` with SIGKILL at so many moments while clients post and read; resolves to what happened.
 * Throws when an acknowledged screenshot is lost, a GIF is not whole, or a finished task stays without one.
 */
export async function killRepeatedly(folder, moments, { random = Math.random, say = () => {} } = {}) {
  const expected = await expectedGifs();
  const state = { acknowledged: [], finished: new Map(), isOver: false, reads: 0, midway: 0 };
  let server = await serve(folder);
  const port = new URL(server.url).port;
  const restart = async () => {
    server = await serve(folder, ["--port", port]);
  };
  const { api } = server;
  try {
    const clients = Array.from({ length: CLIENTS }, () => post(api, state, random));
    const reader = read(api, state, expected, random);
    for (let i = 0; i < moments; i++) {
      await pause(random() * LONGEST_LIFE_MS);
      await server.stop("SIGKILL");
      state.midway += checkDisk(folder, state, expected);
      await restart();
      if ((i + 1) % 20 === 0)
        say(`${i + 1} of ${moments}: ${state.acknowledged.length} screenshots, ${state.finished.size} tasks`);
    }
    state.isOver = true;
    await Promise.all([...clients, reader]);
    await checkAll(api, state, expected);
    const { acknowledged, finished, reads, midway } = state;
    return { kills: moments, acknowledged: acknowledged.length, finished: finished.size, reads, midway };
  } finally {
    state.isOver = true;
    await server.stop();
  }
}

/** A client that tries each request until it is answered, since it cannot know what became of it. */
async function post(api, state, random) {
  const ask = async (url, init) => {
    for (;;) {
      const answer = await call(url, init).catch(() => undefined);
      if (answer?.status === 200) return answer.body;
      assert.ok(
        answer === undefined || answer.status === 429,
        `${url}: ${answer?.status} ${JSON.stringify(answer?.body)}`,
      );
      await pause(20);
    }
  };
  while (!state.isOver) {
    const { id } = await ask(`${api}/task`, { method: "POST", json: { task: "x" } });
    const count = 2 + Math.floor(random() * (MOST_SHOTS - 1));
    for (let i = 0; i < count; i++) {
      await ask(`${api}/task/${id}/screenshot?step=${i + 1}`, { method: "POST", body: SHOTS[i] });
      state.acknowledged.push({ id, step: i + 1 });
    }
    await ask(`${api}/task/${id}/finish`, { method: "POST" });
    state.finished.set(id, count);
    await pause(300 + random() * 600);
  }
}

/** Reads GIFs all the time; one that arrives as announced has to be whole. */
async function read(api, state, expected, random) {
  while (!state.isOver) {
    const ids = [...state.finished.keys()];
    const id = ids[Math.floor(random() * ids.length)];
    const gif = id && (await call(`${api}/task/${id}/gif`).catch(() => undefined))?.body?.gif;
    if (gif) {
      // A connection that breaks is an error here, so that what arrives is all that the server wanted to send.
      const bytes = await fetch(gif)
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
      if (bytes) {
        assert.ok(
          Buffer.from(bytes).equals(expected[state.finished.get(id)]),
          `task ${id}: the GIF that was served is not whole`,
        );
        state.reads++;
      }
    }
    await pause(10);
  }
}

/** While no server runs: every GIF on the disk is whole. Resolves to whether a GIF was being made. */
function checkDisk(folder, { finished }, expected) {
  const pending = join(folder, ".task-gif", "pending");
  const begun = existsSync(pending) ? readdirSync(pending).filter((name) => !name.startsWith(".")) : [];
  const starts = begun.map((name) => JSON.parse(readFileSync(join(pending, name), "utf8")).starts);
  const wasMaking = starts.some((count) => count > 0) ? 1 : 0;
  for (const id of readdirSync(folder)) {
    const media = join(folder, id, "gif");
    if (!existsSync(media)) continue;
    const names = readdirSync(media);
    if (!names.includes("execution.gif")) continue;
    const bytes = readFileSync(join(media, "execution.gif"));
    const wanted = finished.has(id) ? [expected[finished.get(id)]] : Object.values(expected);
    assert.ok(
      wanted.some((gif) => gif.equals(bytes)),
      `task ${id}: the GIF on the disk is not whole`,
    );
  }
  return wasMaking;
}

/** After everything: nothing that was acknowledged is lost, and every finished task has its GIF. */
async function checkAll(api, { acknowledged, finished }, expected) {
  const lists = new Map();
  for (const { id, step } of acknowledged) {
    if (!lists.has(id)) lists.set(id, (await call(`${api}/task/${id}/screenshots`)).body.screenshots);
    const url = lists.get(id).find((address) => address.endsWith(`/step_${step}.png`));
    assert.ok(url, `task ${id}: step ${step} was acknowledged and is gone`);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    assert.ok(bytes.equals(SHOTS[step - 1]), `task ${id}: step ${step} is not what was acknowledged`);
  }
  const waiting = new Map(finished);
  let madeAt = performance.now();
  while (waiting.size > 0) {
    for (const [id, count] of waiting) {
      const { gif } = (await call(`${api}/task/${id}/gif`)).body;
      if (!gif) continue;
      const bytes = Buffer.from(await (await fetch(gif)).arrayBuffer());
      assert.ok(bytes.equals(expected[count]), `task ${id}: its GIF is not the library's`);
      waiting.delete(id);
      madeAt = performance.now();
    }
    // However many are left to be made, there has to be another one now and then.
    assert.ok(
      performance.now() - madeAt < PATIENCE_MS,
      `${waiting.size} finished tasks stay without a GIF: ${[...waiting.keys()]}`,
    );
    await pause(200);
  }
}

/** What the library makes of the first two, three, ... screenshots. */
async function expectedGifs() {
  const gifs = {};
  for (let count = 2; count <= MOST_SHOTS; count++) {
    const { blob } = await assembleGif(SHOTS.slice(0, count).map((image, i) => ({ image, number: i + 1 })));
    gifs[count] = Buffer.from(await blob.arrayBuffer());
  }
  return gifs;
}
