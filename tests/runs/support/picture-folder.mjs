// Folders of pictures for tests, and the order in which their pictures come out.
import { readFileSync } from "node:fs";
import { fixture } from "./fixtures.mjs";

export const PNG = readFileSync(fixture("testcafe-3.7.6/named/ordered.png"));

/** A folder of one picture under each name; what stands behind the picture tells them apart. */
export const folderOf = (names) => new Map(names.map((name) => [name, Buffer.concat([PNG, Buffer.from(name)])]));

/** The names of a run's pictures, in order. */
export async function namesOf({ screenshots }) {
  const blobs = await Promise.all(screenshots.map(({ image }) => image()));
  return Promise.all(blobs.map((blob) => blob.slice(PNG.length).text()));
}
