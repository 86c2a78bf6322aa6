/**
 * Whether anybody is looking and anything can be reached. Workers and Node have no page; what they do not have never
 * holds them up.
 */

type Surroundings = {
  document?: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
  navigator?: { onLine?: boolean };
};

/**
 * Resolves as soon as the page is visible and, where the network is needed, online; at once when it is.
 */
export function untilVisibleAndOnline(needsNetwork: boolean): Promise<void> {
  const { document, navigator } = globalThis as Surroundings;
  const isOnline = () => !needsNetwork || navigator?.onLine !== false;
  const isAwake = () => document?.visibilityState !== "hidden" && isOnline();
  if (isAwake()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!isAwake()) return;
      document?.removeEventListener("visibilitychange", look);
      globalThis.removeEventListener("online", look);
      resolve();
    };
    document?.addEventListener("visibilitychange", look);
    globalThis.addEventListener("online", look);
  });
}
