import { encodeBase64Url } from "hono/utils/encode";

/** Encodes bytes as base64url without padding. */
export const base64Url = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replace(/=+$/, "");
