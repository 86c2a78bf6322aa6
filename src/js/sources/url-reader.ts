/** Reads a URL; each platform has one. Rejects with a `TaskGifError` or the reason of the signal. */
export type UrlReader = (url: string | URL, signal: AbortSignal | undefined) => Promise<Blob>;
