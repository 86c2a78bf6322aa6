import { timingSafeEqual } from "hono/utils/buffer";
import { readBytes, type Store } from "../stores/store.ts";
import { base64Url } from "./base64-url.ts";

const SECRET = ".task-gif/media-secret";

/**
 * Signs the URLs of media. The documented client fetches media without its key, so that the URL alone has to grant
 * access. All servers on a store share the secret.
 */
export class MediaSigner {
  #secret: CryptoKey | undefined;

  constructor(private readonly store: Store) {}

  /** The signature of a path. */
  async sign(path: string): Promise<string> {
    this.#secret ??= await this.#open();
    const bytes = await crypto.subtle.sign("HMAC", this.#secret, new TextEncoder().encode(path));
    return base64Url(bytes.slice(0, 16));
  }

  /** Whether `signature` is that of the path. */
  async isSigned(path: string, signature: string | undefined): Promise<boolean> {
    return signature !== undefined && timingSafeEqual(signature, await this.sign(path));
  }

  async #open(): Promise<CryptoKey> {
    // The first server writes the secret; every server reads the stored one.
    await this.store.write(SECRET, crypto.getRandomValues(new Uint8Array(32)), { ifAbsent: true });
    const secret = await readBytes(this.store, SECRET);
    if (secret?.length !== 32) throw new Error(`${SECRET}: expected 32 bytes`);
    return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  }
}
