import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FileStore } from "../node/file-store.ts";
import { S3Store } from "../serve/stores/s3-store.ts";
import type { Store } from "../serve/stores/store.ts";
import { CliError, usageError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";
import type { OwnFlag } from "./parse-args.ts";

/** A wasm file of the dashboard: its name in the package, and the hash that the dashboard's build adds. */
const WASM = /^assets\/(task_gif(?:_client)?_bg)-[\w-]+\.wasm$/;

/** Flags of a store. */
export const STORE_FLAGS = {
  "s3-endpoint": { value: "URL", help: "for s3://BUCKET/PREFIX: address of the service; default that of the region" },
  "s3-region": { value: "REGION", help: "for s3://: default AWS_REGION, else us-east-1" },
} satisfies Record<string, OwnFlag>;

/** Help for the credentials of a bucket. */
export const STORE_NOTES =
  "Credentials for s3:// are read from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.";

/** The store of tasks at `place`: a folder, or `s3://BUCKET/PREFIX` with credentials from the environment. */
export async function openStore(place: string, values: Readonly<Record<string, unknown>>): Promise<Store> {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place) ?? [];
  if (bucket === undefined) {
    const found = await stat(place).catch(() => undefined);
    if (found?.isDirectory()) return new FileStore(place);
    throw new CliError("UNREADABLE", EXIT.input, `${place} is no folder`, "make it first; it may be empty");
  }
  const endpoint = values["s3-endpoint"] as string | undefined;
  const region = values["s3-region"] as string | undefined;
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw usageError("s3:// needs credentials", "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  }
  const at = region ?? AWS_REGION ?? "us-east-1";
  return new S3Store({
    endpoint: endpoint ?? `https://s3.${at}.amazonaws.com`,
    bucket,
    prefix,
    region: at,
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  });
}

/**
 * Opens a store for servers and workers, which write to it concurrently: a bucket without conditional writes is
 * refused.
 */
export async function openSharedStore(place: string, values: Readonly<Record<string, unknown>>): Promise<Store> {
  const store = await openStore(place, values);
  if (!(store instanceof S3Store)) return store;
  const knows = await store.conditions().catch((error: unknown) => {
    const remedy = "check the bucket, its region and --s3-endpoint, and that the key may write and delete there";
    throw new CliError("STORE", EXIT.output, `${place} cannot be written: ${(error as Error).message}`, remedy);
  });
  if (knows.ifAbsent && !knows.ifMatch) {
    const what = "of two servers that change the same task at the same moment, one may undo what the other did";
    process.stderr.write(`task-gif: warning: ${place}: the service does not know If-Match for writes: ${what}\n`);
  }
  if (knows.ifAbsent) return store;
  const what = `${place}: the service writes over what is there in spite of If-None-Match: *`;
  throw new CliError("STORE", EXIT.output, what, "take one that knows it, as S3, R2 and MinIO do, or a folder");
}

/** Opens the files of the dashboard: those in a folder, or else those of the package. */
export async function openDashboard(given: string | undefined): Promise<Store | undefined> {
  const store = given === undefined ? packagedDashboard() : new FileStore(given);
  if (await store.read("index.html", () => null)) return store;
  if (given === undefined) return undefined;
  throw new CliError(
    "UNREADABLE",
    EXIT.input,
    `--dashboard: ${given} has no index.html`,
    "build it with npm run build",
  );
}

/** Serves the package's wasm under the hashed name that the dashboard requests. */
function packagedDashboard(): Store {
  const inPackage = new FileStore(fileURLToPath(new URL(".", import.meta.url)));
  return {
    read: (key, choose) => {
      const wasm = WASM.exec(key)?.[1];
      return inPackage.read(wasm ? `${wasm}.wasm` : `dashboard/${key}`, choose);
    },
    write: async () => false,
    list: async () => [],
  };
}
