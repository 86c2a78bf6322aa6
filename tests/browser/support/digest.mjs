// The digest of the GIF that the package makes in Node, which browsers must match.
import { createHash } from "node:crypto";
import { assembleGif } from "task-gif";
import { blobsOf } from "../../node/support/fixtures.mjs";

/** SHA-256 of the GIF of a recorded sequence. */
export async function digestInNode(folder, options) {
  const { blob } = await assembleGif(blobsOf(folder), options);
  return createHash("sha256")
    .update(new Uint8Array(await blob.arrayBuffer()))
    .digest("hex");
}
