import { encodeBase64Url } from "hono/utils/encode";

/** Base64 for addresses, without padding. */
export const base64Url = (bytes: ArrayBuffer) => encodeBase64Url(bytes).replace(/=+$/, "");
