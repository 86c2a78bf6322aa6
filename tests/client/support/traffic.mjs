// Knows whether anything is still on its way, so that a clock may go on only when nothing is.

/** Stands for the API where a test needs an address that is not on this machine. */
export const STAND_IN = "https://api.example.com";

/** A `fetch` that is watched, and the wait for silence. `link` tells of requests the server keeps waiting. */
export function watchTraffic(link, schedule, api) {
  let moving = 0;
  let waiting = 0;
  const kept = new Set();
  const waiters = [];
  const changed = () => {
    for (const wake of waiters.splice(0)) wake();
  };
  const change = () => new Promise((resolve) => waiters.push(resolve));

  const asked = [];
  const unsubscribe = link.subscribe(([event, number, ms]) => {
    if (event === "gone") kept.delete(number);
    if (event === "stall" || event === "hold") kept.add(number);
    if (event === "hold") {
      schedule(() => {
        if (!kept.delete(number)) return;
        void link.release(number);
        changed();
      }, ms);
    }
    changed();
  });

  const track = async (begin) => {
    moving++;
    try {
      return await begin();
    } finally {
      moving--;
      changed();
    }
  };

  // A request that was given up is still kept by the server for a moment; the next one waits for that to pass.
  const start = async (url, init) => {
    waiting++;
    while (kept.size > moving - waiting) await change();
    waiting--;
    return fetch(url.replace(STAND_IN, api), init);
  };

  const watched = (response) => ({
    status: response.status,
    headers: response.headers,
    url: response.url,
    type: response.type,
    body: response.body && {
      getReader() {
        const reader = response.body.getReader();
        return { read: () => track(() => reader.read()) };
      },
    },
    arrayBuffer: () => track(() => response.arrayBuffer()),
  });

  return {
    /** Every request, as `GET http://...`. Counted here, since browsers repeat some by themselves. */
    asked,
    fetch: async (url, init) => {
      asked.push(`${init.method ?? "GET"} ${url}`);
      return watched(await track(() => start(url, init)));
    },
    /** Resolves when nothing moves but what the server keeps waiting. */
    async silence(turn) {
      for (let calm = 0; calm < 3; calm++) {
        await turn();
        if (moving > kept.size || waiting > 0) {
          await change();
          calm = -1;
        }
      }
    },
    end: unsubscribe,
  };
}
