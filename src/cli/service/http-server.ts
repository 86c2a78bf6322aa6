import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CliError, usageError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import type { OwnFlag } from "../parse-args.ts";

/** Time in ms that running requests get when the server stops. */
const GRACE_MS = 10_000;

/** The flag for the start of media URLs. */
export const PUBLIC_URL_FLAG: OwnFlag = {
  value: "URL",
  help: "what addresses of media begin with, behind a proxy",
};

/** Checks the value of that flag. */
export function publicUrlIn(text: string | undefined): string | undefined {
  if (text === undefined || /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : "")) return text;
  throw usageError(`--public-url: expected an address such as https://gifs.example.com, found ${text}`);
}

/** Logs an event as one line of JSON on standard error. */
export function log(event: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

/** Listens on a port, or on one of the `more` ports after it; resolves to the port. */
export async function listen(server: Server, port: number, host: string, more = 0): Promise<number> {
  for (let candidate = port; ; candidate++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
      server.once("error", done);
      server.listen(candidate, host, () => {
        server.off("error", done);
        done(undefined);
      });
    });
    if (!error) return (server.address() as AddressInfo).port;
    const isTaken = error.code === "EADDRINUSE";
    if (isTaken && candidate < port + more) continue;
    const remedy = isTaken ? "another program listens there: choose another --port" : undefined;
    throw new CliError("LISTEN", EXIT.output, `cannot listen on ${host}:${candidate}: ${error.message}`, remedy);
  }
}

/**
 * Resolves after SIGINT or SIGTERM, when all requests are answered; a second signal ends the process. `end` ends
 * streams.
 */
export function untilStopped(server: Server, end: () => Promise<void>): Promise<void> {
  return new Promise((done, fail) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) process.exit(EXIT.interrupted);
      isStopping = true;
      const ended = end();
      server.close(() => ended.then(done, fail));
      setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
