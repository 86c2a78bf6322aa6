/** Files that the build puts into the single-file entry. */

declare module "embedded:*.wasm" {
  /** Compressed with gzip. */
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare module "embedded:worker.js" {
  const text: string;
  export default text;
}
