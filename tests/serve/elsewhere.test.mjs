// The server as hosts without files and without worker threads have it: a function, a store of S3, and a timer.
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

test("a request goes in, a response comes out, and a sweep makes the GIFs", async () => {
  const program = fileURLToPath(new URL("./support/elsewhere.mjs", import.meta.url));
  await promisify(execFile)(process.execPath, [program]);
});
