// Records in tests/fixtures/records: as files by path, and what their pictures show.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../fixtures/records/", import.meta.url));

/** The state of the page that a picture shows, by the digest of the picture; see the README beside the records. */
const STATES = JSON.parse(readFileSync(join(FOLDER, "states.json"), "utf8"));

/** The text of a file of the records. */
export const textOf = (path) => readFileSync(join(FOLDER, path), "utf8");

/** The files of a record, as `readRuns` takes them. */
export function filesOf(path) {
  const files = new Map();
  const add = (file, name) => {
    if (statSync(file).isDirectory()) for (const each of readdirSync(file)) add(join(file, each), `${name}/${each}`);
    else files.set(name, new Blob([readFileSync(file)]));
  };
  add(join(FOLDER, path), basename(path));
  return files;
}

/** A record that is one file with this text. */
export const fileOf = (name, text) => new Map([[name, new Blob([text])]]);

/** What the pictures of a run show, such as "0123"; "?" for one that is no picture of the records. */
export async function statesOf({ screenshots }) {
  const states = [];
  for (const { image } of screenshots) states.push(STATES[digest(await bytesOf(image))] ?? "?");
  return states.join("");
}

async function bytesOf(image) {
  const source = typeof image === "function" ? await image() : image;
  if (typeof source === "string") return Buffer.from(source.slice(source.indexOf(",") + 1), "base64");
  return Buffer.from(await source.arrayBuffer());
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** One fact of all screenshots, `undefined` where one lacks it. */
export const each = ({ screenshots }, name) => screenshots.map((screenshot) => screenshot[name]);

/** The numbers of the screenshots that failed. */
export const failedOf = ({ screenshots }) => screenshots.filter(({ failed }) => failed).map(({ number }) => number);

/** The codes of a run's warnings. */
export const codesOf = ({ warnings }) => warnings.map(({ code }) => code);
