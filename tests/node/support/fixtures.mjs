// The recorded screenshots, as bytes and as blobs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCREENS = fileURLToPath(new URL("../../fixtures/screens", import.meta.url));

/** The folder of a recorded sequence. */
export const folderOf = (name) => join(SCREENS, name);

/** File names of a recorded sequence, in order. */
export const filesOf = (name) => readdirSync(folderOf(name)).sort();

/** Bytes of each screenshot of a recorded sequence. */
export const bytesOf = (name) => filesOf(name).map((file) => readFileSync(join(folderOf(name), file)));

/** A recorded sequence as blobs. */
export const blobsOf = (name) => bytesOf(name).map((bytes) => new Blob([bytes]));
