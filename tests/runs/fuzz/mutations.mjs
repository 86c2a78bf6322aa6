// Damage to records: to their bytes, to the structure of their JSON, to their files, and to what archives hold.
import { unzip } from "unzipit";
import { zipOf } from "../support/zip.mjs";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A random number generator that gives the same each time (mulberry32): whole numbers below `end`. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return (end) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/** A damaged copy of a record's files, and of what other seeds of its format have. */
export async function mutate(files, others, random) {
  const copy = new Map(files);
  for (let n = 1 + random(3); n > 0; n--) {
    const paths = [...copy.keys()];
    if (paths.length === 0) break;
    const path = pick(textFirst(paths, random), random);
    const act = random(20);
    if (act === 0) copy.delete(path);
    else if (act === 1) rename(copy, path, random);
    else if (act === 2) copy.set(path, pick([...pick(others, random).values()], random));
    else copy.set(path, await mutateFile(path, copy.get(path), random));
  }
  return copy;
}

/** What tells of a run is damaged more often than its pictures. */
function textFirst(paths, random) {
  const texts = paths.filter((path) => !/\.(?:png|jpe?g|webp)$/i.test(path));
  return texts.length > 0 && random(8) > 0 ? texts : paths;
}

function rename(files, path, random) {
  const names = [
    "x",
    "../x.json",
    "/x",
    "a/b/c.png",
    "trace.trace",
    "index.html",
    "0.json",
    `${path}.zip`,
    "output.xml",
  ];
  const contents = files.get(path);
  files.delete(path);
  files.set(pick(names, random), contents);
}

async function mutateFile(path, bytes, random) {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  // An archive that was damaged before may not open.
  if (isZip && random(4) > 0) return mutateArchive(bytes, random).catch(() => mutateBytes(bytes, random));
  const text = isZip || /\.(?:png|jpe?g|webp)$/i.test(path) ? undefined : decoder.decode(bytes);
  if (text !== undefined && random(3) > 0) {
    const changed = mutateText(text, random) ?? (await mutateEmbeddedArchive(text, random));
    if (changed !== undefined) return encoder.encode(changed);
  }
  return mutateBytes(bytes, random);
}

/** One file of an archive is damaged, or the archive's fields are; it is written anew. */
async function mutateArchive(bytes, random) {
  const { entries } = await unzip(bytes);
  const contents = await Promise.all(
    Object.entries(entries).map(async ([name, entry]) => [name, new Uint8Array(await entry.arrayBuffer())]),
  );
  const path = pick(
    textFirst(
      contents.map(([name]) => name),
      random,
    ),
    random,
  );
  for (const entry of contents) if (entry[0] === path) entry[1] = await mutateFile(path, entry[1], random);
  if (random(10) === 0) contents.splice(random(contents.length), 1);
  const strange = random(10) === 0 ? contents[random(contents.length)]?.[0] : undefined;
  const fields = () =>
    pick([{ size: random(2 ** 31) }, { packed: random(2 ** 20) }, { flags: 1 }, { method: 8 }], random);
  const archive = zipOf(contents, (name) => (name === strange ? fields() : {}));
  return new Uint8Array(await archive.arrayBuffer());
}

/** HTML reports of Playwright hold an archive in base64. */
async function mutateEmbeddedArchive(text, random) {
  const found = /(application\/zip;base64,)([A-Za-z0-9+/=]+)/.exec(text);
  if (!found) return undefined;
  const archive = await mutateFile("data.zip", new Uint8Array(Buffer.from(found[2], "base64")), random);
  return text.replace(found[0], () => found[1] + Buffer.from(archive).toString("base64"));
}

/** The structure of JSON, of one of several JSON lines, or of one of the JSON texts in a page. */
function mutateText(text, random) {
  const whole = mutateJson(text, random);
  if (whole !== undefined) return whole;
  const lines = text.split("\n");
  const at = random(lines.length);
  const line = mutateJson(lines[at], random) ?? mutateMarkup(lines[at], random);
  if (line === undefined) return undefined;
  lines[at] = line;
  return lines.join("\n");
}

/** Tags of a page or of XML are left out, doubled, or get a strange attribute. */
function mutateMarkup(line, random) {
  const tags = [...line.matchAll(/<[^>]*>/g)];
  if (tags.length === 0) return undefined;
  const { 0: tag, index } = pick(tags, random);
  const changed = pick(
    ["", tag + tag, `${tag.slice(0, -1)} x="&#0;">`, "<!--", "]]>", "&lol;", tag.slice(0, -1)],
    random,
  );
  return line.slice(0, index) + changed + line.slice(index + tag.length);
}

const STRANGE = [
  ...[null, true, 0, -1, 1e308, 2 ** 53, 0.5, "", "x", "\u0000", "../../x", "a".repeat(5000), "NaN", "\ud800"],
  ...[[], {}, [[]], [null], { type: "image" }, { toString: 1 }, { __proto__x: 1 }],
  ...[
    "iVBORw0KGgo",
    "data:image/png;base64,",
    "data:image/png;base64,iVBORw0KGgo=",
    "2026-13-41T99:99:99Z",
    "file:///x",
  ],
];
const DEEP = 600;

function mutateJson(text, random) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const places = placesIn(value);
  if (places.length === 0) return JSON.stringify(pick(STRANGE, random));
  for (let n = 1 + random(3); n > 0; n--) change(places, random);
  return JSON.stringify(value);
}

/** Every place of a JSON value: its holder and its key. */
function placesIn(root) {
  const places = [];
  const stack = [root];
  while (stack.length > 0) {
    const holder = stack.pop();
    for (const key of Object.keys(holder)) {
      places.push([holder, key]);
      if (typeof holder[key] === "object" && holder[key] !== null) stack.push(holder[key]);
    }
  }
  return places;
}

function change(places, random) {
  const [holder, key] = pick(places, random);
  const [other, otherKey] = pick(places, random);
  const copy = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value)));
  switch (random(8)) {
    case 0:
      delete holder[key];
      break;
    case 1:
      holder[key] = copy(other[otherKey]);
      break;
    case 2:
      holder[key] = [copy(holder[key]), copy(holder[key])];
      break;
    case 3:
      holder[otherKey] = copy(holder[key]);
      break;
    case 4:
      if (Array.isArray(holder)) holder.reverse();
      else holder[key] = { [key]: copy(holder[key]) };
      break;
    case 5:
      if (random(20) === 0) holder[key] = JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP));
      else holder[key] = (JSON.stringify(holder[key]) ?? "").slice(0, 100);
      break;
    default:
      holder[key] = pick(STRANGE, random);
  }
}

function mutateBytes(bytes, random) {
  const at = random(bytes.length + 1);
  const length = 1 + random(64);
  const before = bytes.subarray(0, at);
  switch (random(6)) {
    case 0:
      return before.slice();
    case 1:
      return joined(before, bytes.subarray(Math.min(at + length, bytes.length)));
    case 2:
      return joined(before, bytes.subarray(at, at + length), bytes.subarray(at));
    case 3:
      return joined(
        before,
        Uint8Array.from({ length }, () => random(256)),
        bytes.subarray(at),
      );
    default: {
      const copy = bytes.slice();
      for (let n = 1 + random(8); n > 0 && copy.length > 0; n--) copy[random(copy.length)] = random(256);
      return copy;
    }
  }
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const pick = (list, random) => list[random(list.length)];
