/**
 * Lets the page work without a network from the first visit on. Only the built page has the worker; where a browser
 * refuses it, as in private windows, the page works as before.
 */
export async function keepForOffline(): Promise<void> {
  const { serviceWorker } = navigator;
  if (!import.meta.env.PROD || !serviceWorker) return;
  // On the first visit, the page itself needs the connection first.
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  try {
    const isFirst = serviceWorker.controller === null;
    await serviceWorker.register(new URL("sw.js", document.baseURI));
    const { active } = await serviceWorker.ready;
    if (isFirst) active?.postMessage({ keep: loadedSoFar() });
  } catch {
    // Without storage there is no worker; the page works without it.
  }
}

function loadedSoFar(): string[] {
  const own = new URL("./", document.baseURI).href;
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => name.startsWith(own));
}
