/** Reads a URL; differs between browsers and Node, so the platform has one. Rejects with `TaskGifError` or as aborted. */
export type UrlReader = (url: string | URL, signal: AbortSignal | undefined) => Promise<Blob>;
