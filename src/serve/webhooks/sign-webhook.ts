import { decodeBase64, encodeBase64 } from "hono/utils/encode";
import type { WebhookOptions } from "../server-options.ts";

const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/**
 * Checks URL and secret of a webhook.
 *
 * @throws `TypeError` for an address or a secret that cannot be used; neither is repeated.
 */
export function webhookTarget({ url, secret }: WebhookOptions): { url: URL; key: Promise<CryptoKey> } {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (!target || !/^https?:$/.test(target.protocol) || target.username !== "" || target.password !== "") {
    throw new TypeError("webhook.url: expected an address such as https://app.example.com/hooks, without a password");
  }
  let bytes = new Uint8Array();
  try {
    bytes = decodeBase64(secret.replace(/^whsec_/, ""));
  } catch {
    // told below
  }
  if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
    throw new TypeError(`webhook.secret: expected whsec_ and ${LEAST_BYTES} to ${MOST_BYTES} bytes in Base64`);
  }
  return {
    url: target,
    key: crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  };
}

/**
 * Returns the headers of a message, signed with the current time, as Standard Webhooks 1.0 defines
 * (standardwebhooks.com).
 */
export async function signWebhook(key: CryptoKey, id: string, body: string): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${encodeBase64(signature)}`,
  };
}
