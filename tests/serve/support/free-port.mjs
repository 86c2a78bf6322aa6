// A port for programs that take no 0.
import { createServer } from "node:net";

/** A port of this machine that nobody listens on now. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
