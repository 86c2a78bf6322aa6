// Knows whether anything is still on its way, so that a clock may go on only when nothing is.

/** Stands for the API where a test needs an address that is not on this machine. */
export const STAND_IN = "https://api.example.com";

/** The query that tells the server which request it is; redirects carry it on. */
const TAG = /[?&]request=\d+/;

let count = 0;

/** A `fetch` that is watched, and the wait for silence. `link` tells of requests the server keeps waiting. */
export function watchTraffic(link, schedule, api) {
  // Fetches and reads that have begun and not ended, by request.
  const moving = new Map();
  // Requests the server keeps waiting, with the number of bytes it has sent of each.
  const kept = new Map();
  const received = new Map();
  const waiters = [];
  const changed = () => {
    for (const wake of waiters.splice(0)) wake();
  };
  const change = () => new Promise((resolve) => waiters.push(resolve));

  const asked = [];
  // Events of requests that were given up, or belong to an earlier scenario, concern nothing that moves: whether and
  // when a browser closes their connections does not matter. (Firefox leaves them open after a redirect.)
  const unsubscribe = link.subscribe(([event, number, detail]) => {
    if (event === "stall") kept.set(number, detail);
    if (event === "hold") {
      kept.set(number, 0);
      schedule(() => {
        kept.delete(number);
        void link.release(number);
        changed();
      }, detail);
    }
    changed();
  });

  const track = async (number, begin) => {
    moving.set(number, (moving.get(number) ?? 0) + 1);
    try {
      return await begin();
    } finally {
      moving.set(number, moving.get(number) - 1);
      changed();
    }
  };

  const read = async (number, reader) => {
    const piece = await reader.read();
    received.set(number, (received.get(number) ?? 0) + (piece.value?.length ?? 0));
    return piece;
  };

  const watched = (number, response) => ({
    status: response.status,
    headers: response.headers,
    url: response.url.replace(TAG, ""),
    type: response.type,
    body: response.body && {
      getReader() {
        const reader = response.body.getReader();
        return { read: () => track(number, () => read(number, reader)) };
      },
    },
    arrayBuffer: () => {
      received.set(number, Number.POSITIVE_INFINITY);
      return track(number, () => response.arrayBuffer());
    },
  });

  /** Whether only the server can end what `number` does, and it is not going to by itself. */
  const isStuck = (number) => kept.has(number) && (received.get(number) ?? 0) >= kept.get(number);
  const isMoving = () => [...moving].some(([number, operations]) => operations > 0 && !isStuck(number));

  return {
    /** Every request, as `GET http://...`. Counted here, since browsers repeat some by themselves. */
    asked,
    fetch: async (tagged, init) => {
      const url = tagged.replace(TAG, "");
      asked.push(`${init.method ?? "GET"} ${url}`);
      const number = ++count;
      const target = `${url.replace(STAND_IN, api)}${url.includes("?") ? "&" : "?"}request=${number}`;
      return watched(number, await track(number, () => fetch(target, init)));
    },
    /** Resolves when nothing moves but what the server keeps waiting. */
    async silence(turn) {
      for (let calm = 0; calm < 3; calm++) {
        await turn();
        if (isMoving()) {
          await change();
          calm = -1;
        }
      }
    },
    end: unsubscribe,
    /** What is on its way, for the message of a test that hangs. */
    describe: () =>
      JSON.stringify({ asked, moving: [...moving].filter(([, operations]) => operations > 0), kept: [...kept] }),
  };
}
