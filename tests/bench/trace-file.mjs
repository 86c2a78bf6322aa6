// Writes a Playwright trace of any length, in format 8 as Playwright 1.62 has it: a click a step, two snapshots and two
// pictures of the page for each.
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { crc32, deflateRawSync } from "node:zlib";

/** ms between two clicks. */
const STEP_MS = 1000;
const START_MS = Date.UTC(2026, 10, 29);
const PAGE = "page@1";

/**
 * Writes the archive. `pictures` are JPEGs, shown in turn; `snapshotBytes` are those of a snapshot of the page as JSON,
 * `resourceBytes` are added as what the page had loaded: zeros, which take no room on a disk that can leave them out.
 */
export function writeTrace(path, { actions, pictures, snapshotBytes = 0, resourceBytes = 0 }) {
  const file = openSync(path, "w");
  try {
    const archive = new ArchiveWriter(file);
    archive.add("trace.trace", Buffer.from(lines(actions, pictures.length, snapshotBytes)), true);
    for (let step = 0; step < actions; step++) {
      for (const part of [0, 1])
        archive.add(`resources/${pictureName(step, part)}`, pictures[(2 * step + part) % pictures.length]);
    }
    archive.addZeros("resources/page.bin", resourceBytes);
    archive.end();
  } finally {
    closeSync(file);
  }
}

const pictureName = (step, part) => `${PAGE}-${START_MS + step * STEP_MS + 300 + part * 200}.jpeg`;

function lines(actions, pictures, snapshotBytes) {
  const viewport = { width: 1280, height: 720 };
  const all = [
    {
      version: 8,
      type: "context-options",
      origin: "library",
      browserName: "chromium",
      playwrightVersion: "1.62.1",
      options: { viewport },
      wallTime: START_MS,
      monotonicTime: 0,
      title: "Long",
    },
    { type: "event", time: 1, class: "BrowserContext", method: "page", params: { pageId: PAGE } },
  ];
  const html = ["HTML", {}, "x".repeat(Math.max(snapshotBytes, 0))];
  for (let step = 0; step < actions; step++) {
    const [callId, at] = [`call@${step}`, step * STEP_MS + 10];
    const snapshot = (name) => ({
      type: "frame-snapshot",
      snapshot: { callId, snapshotName: `${name}@${callId}`, pageId: PAGE, html },
    });
    const frame = (part) => ({
      type: "screencast-frame",
      pageId: PAGE,
      sha1: pictureName(step, part),
      ...viewport,
      timestamp: at + 300 + part * 200,
      frameSwapWallTime: START_MS + at + 290 + part * 200,
    });
    const params = { selector: `internal:role=button[name="${step % pictures}"i]`, timeout: 0 };
    all.push(
      { type: "before", callId, startTime: at, class: "Frame", method: "click", params, pageId: PAGE },
      snapshot("before"),
      { type: "log", callId, time: at + 5, message: "performing click action" },
      { type: "input", callId, point: { x: 100, y: 100 } },
      { type: "after", callId, endTime: at + 20 },
      frame(0),
      snapshot("after"),
      frame(1),
    );
  }
  return all.map((line) => JSON.stringify(line)).join("\n");
}

/** An archive that is written entry by entry, of less than 4 GiB. */
class ArchiveWriter {
  #file;
  #at = 0;
  #directory = [];

  constructor(file) {
    this.#file = file;
  }

  add(name, bytes, isPacked = false) {
    const packed = isPacked ? deflateRawSync(bytes, { level: 1 }) : bytes;
    this.#header(name, { size: bytes.length, packed: packed.length, method: isPacked ? 8 : 0, sum: crc32(bytes) });
    this.#write(packed);
  }

  addZeros(name, size) {
    this.#header(name, { size, packed: size, method: 0, sum: 0 });
    this.#at += size;
    ftruncateSync(this.#file, this.#at);
  }

  end() {
    const start = this.#at;
    for (const entry of this.#directory) this.#write(entry);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#directory.length, 8);
    end.writeUInt16LE(this.#directory.length, 10);
    end.writeUInt32LE(this.#at - start, 12);
    end.writeUInt32LE(start, 16);
    this.#write(end);
  }

  #header(name, { size, packed, method, sum }) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(sum, 10);
    fields.writeUInt32LE(packed, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(name.length, 22);
    const [local, central] = [Buffer.alloc(4), Buffer.alloc(46)];
    local.writeUInt32LE(0x04034b50);
    central.writeUInt32LE(0x02014b50);
    fields.copy(central, 6);
    central.writeUInt32LE(this.#at, 42);
    this.#directory.push(Buffer.concat([central, Buffer.from(name)]));
    this.#write(Buffer.concat([local, fields, Buffer.from(name)]));
  }

  #write(bytes) {
    writeSync(this.#file, bytes, 0, bytes.length, this.#at);
    this.#at += bytes.length;
  }
}
