import { abortReason, describeError, TaskGifError } from "./task-gif-error.ts";

// Browsers refuse import() in service workers, extensions' among them.
const isServiceWorker = "ServiceWorkerGlobalScope" in globalThis;

/**
 * Waits for a module of the package that is loaded on demand. Rejects as soon as one of `signals` is aborted, with its
 * reason.
 *
 * @throws `TaskGifError` `SCRIPT_NOT_FOUND` when the module cannot be loaded; browsers may try again at the next call.
 */
export async function lazyImport<Module>(
  loading: Promise<Module>,
  ...signals: readonly (AbortSignal | undefined)[]
): Promise<Module> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    for (const signal of signals) {
      if (signal?.aborted) reject(abortReason(signal));
      else signal?.addEventListener("abort", () => reject(abortReason(signal)), { signal: over.signal });
    }
  });
  const loaded = loading.catch((error: unknown) => {
    const hint = isServiceWorker
      ? "a service worker cannot load parts on demand; the entry task-gif/inline has them all, and works there"
      : "serve all files of the package's dist folder from one place, and those of one version only";
    throw new TaskGifError(
      "SCRIPT_NOT_FOUND",
      `cannot load a part: ${describeError(error)}; ${hint}`,
      undefined,
      error,
    );
  });
  try {
    return await Promise.race([loaded, aborted]);
  } finally {
    over.abort();
  }
}
