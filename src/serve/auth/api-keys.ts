import { timingSafeEqual } from "hono/utils/buffer";
import { sha256 } from "hono/utils/crypto";
import { changeFile, jsonBytes, readBytes, type Store } from "../stores/store.ts";
import { base64Url } from "./base64-url.ts";

/** A key that opens the API. Only its hash is kept. */
export type ApiKey = {
  /** Name of its holder, for people. */
  name: string;
  /** SHA-256 of the key, in hexadecimal. Keys are 256 random bits, so that nothing slower is needed. */
  sha256: string;
};

const KEYS = ".task-gif/keys.json";

/** The keys in a store. */
export async function readKeys(store: Store): Promise<ApiKey[]> {
  return keysIn(await readBytes(store, KEYS));
}

/** Throws if the file of keys cannot be parsed: otherwise one comma too many would let everybody in. */
function keysIn(bytes: Uint8Array | undefined): ApiKey[] {
  if (!bytes) return [];
  const isKey = (key: Partial<ApiKey> | null) => /^[0-9a-f]{64}$/.test(key?.sha256 ?? "");
  let stored: unknown;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    stored = undefined;
  }
  if (!Array.isArray(stored) || !stored.every(isKey)) throw new Error(`${KEYS}: expected [{ name, sha256 }]`);
  return stored as ApiKey[];
}

/** Creates a key and stores its hash. Resolves to the key itself, which is stored nowhere. */
export async function addKey(store: Store, name: string): Promise<string> {
  const key = `tg_${base64Url(crypto.getRandomValues(new Uint8Array(32)).buffer)}`;
  const added = { name, sha256: (await sha256(key)) ?? "" };
  await changeFile(store, KEYS, (bytes) => jsonBytes([...keysIn(bytes), added]));
  return key;
}

/** The valid keys, as of the last read. */
export class ApiKeys {
  #keys: readonly ApiKey[] | undefined;
  #wereNeeded = false;

  constructor(private readonly store: Store) {}

  /** Reads the keys. Must be called before the first request is answered: no keys means that everybody is let in. */
  async read(isFirst = false): Promise<void> {
    if (!isFirst || !this.#keys) this.#keys = await readKeys(this.store);
    this.#wereNeeded ||= this.#keys.length > 0;
  }

  /**
   * Whether requests need a key: without any key, everybody who reaches the server may use it. After the last key is
   * removed, a running server still refuses requests, since it was started for holders of keys.
   */
  get areNeeded(): boolean {
    return this.#wereNeeded || this.#keys?.length !== 0;
  }

  /** Whether an `Authorization` header holds a valid key. Takes the same time for every key, valid or not. */
  async has(header: string | undefined): Promise<boolean> {
    const presented = (await sha256(/^Bearer +(\S+) *$/i.exec(header ?? "")?.[1] ?? "")) ?? "";
    const matches = (this.#keys ?? []).map((key) => timingSafeEqual(presented, key.sha256));
    return (await Promise.all(matches)).includes(true);
  }
}
