import { decodeBase64, encodeBase64 } from "hono/utils/encode";

const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/**
 * The key in a secret of a webhook, as in `whsec_` and 24 to 64 bytes in Base64.
 *
 * @throws `TypeError` for any other text, which is not repeated.
 */
export function webhookKey(secret: string): Promise<CryptoKey> {
  let bytes = new Uint8Array();
  try {
    bytes = decodeBase64(secret.replace(/^whsec_/, ""));
  } catch {
    // told below
  }
  if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
    throw new TypeError(`secret: expected whsec_ and ${LEAST_BYTES} to ${MOST_BYTES} bytes in Base64`);
  }
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** The headers of a message as of now. The format is that of Standard Webhooks 1.0 (standardwebhooks.com). */
export async function signWebhook(key: CryptoKey, id: string, body: string): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${encodeBase64(signature)}`,
  };
}
