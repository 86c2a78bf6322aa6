// The bytes that media hosts send.

const GIF = "R0lGODlhAgABAIAAAAAAAP///yH5BAQHAAAALAAAAAACAAEAAAICRAoAIf4CaGkAIfkEBBQAAAAsAAAAAAEAAQAAAgJEAQA7";
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const gif = Buffer.from(GIF, "base64");
const comment = Buffer.concat([Buffer.from([0xff]), Buffer.alloc(255)]);

/** Bytes by name. */
export const FILES = {
  gif,
  png: Buffer.from(PNG, "base64"),
  html: Buffer.from("<!doctype html><title>Sign in</title>"),
  empty: Buffer.alloc(0),
  noTrailer: gif.subarray(0, -1),
  hugeScreen: Buffer.concat([gif.subarray(0, 6), Buffer.from([255, 255, 255, 255]), gif.subarray(10)]),
  // A comment that makes a GIF of 50 kB.
  long: Buffer.concat([
    gif.subarray(0, 19),
    Buffer.from([0x21, 0xfe]),
    ...Array(200).fill(comment),
    Buffer.from([0]),
    gif.subarray(19),
  ]),
};
