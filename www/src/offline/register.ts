/**
 * Registers the service worker, so that the page works offline after the first visit. Only the built page has the worker. If the
 * browser refuses it, as in private windows, the page works online.
 */
export async function keepForOffline(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!import.meta.env.PROD || !serviceWorker) return;
  // On the first visit, the downloads of the page come first.
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  try {
    const isFirst = serviceWorker.controller === null;
    await serviceWorker.register(new URL("sw.js", document.baseURI));
    const { active } = await serviceWorker.ready;
    if (isFirst) active?.postMessage({ keep: loadedSoFar() });
  } catch {
    // Browsers refuse the worker if storage is forbidden.
  }
}

function loadedSoFar(): string[] {
  const own = new URL("./", document.baseURI).href;
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => name.startsWith(own));
}
