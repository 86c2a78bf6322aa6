// Reads the event stream of a task as it comes.
import { setTimeout as pause } from "node:timers/promises";

/** Opens a stream: `{ headers, events, until(test), ended, close }`, where `events` grows: `{ event, data }`. */
export async function readTaskEvents(api, id, { headers = {} } = {}) {
  const leaving = new AbortController();
  const response = await fetch(`${api}/task/${id}/events`, { headers, signal: leaving.signal });
  if (!response.ok) throw new Error(`the stream answered ${response.status}`);
  const events = [];
  const read = async () => {
    let text = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const blocks = text.split("\n\n");
      text = blocks.pop();
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
        if (fields.event) events.push({ event: fields.event, data: JSON.parse(fields.data) });
      }
    }
  };
  const ended = read();
  ended.catch(() => {}); // whoever waits for the end hears of it
  return {
    headers: response.headers,
    events,
    ended,
    async until(test) {
      for (let i = 0; i < 600 && !test(events); i++) await pause(50);
      if (!test(events)) throw new Error(`the stream said only ${JSON.stringify(events)}`);
    },
    async close() {
      leaving.abort();
      await ended.catch(() => {});
    },
  };
}
