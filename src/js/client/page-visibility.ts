type Surroundings = {
  document?: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
  navigator?: { onLine?: boolean };
};

/** Resolves when the page is visible and, where the network is needed, online. In workers and Node, at once. */
export function untilVisibleAndOnline(needsNetwork: boolean): Promise<void> {
  const { document, navigator } = globalThis as Surroundings;
  const isOnline = () => !needsNetwork || navigator?.onLine !== false;
  const isReady = () => document?.visibilityState !== "hidden" && isOnline();
  if (isReady()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!isReady()) return;
      document?.removeEventListener("visibilitychange", look);
      globalThis.removeEventListener("online", look);
      resolve();
    };
    document?.addEventListener("visibilitychange", look);
    globalThis.addEventListener("online", look);
  });
}

/** Calls back when the page becomes hidden. Returns a function that removes the listener. */
export function whenHidden(onhidden: () => void): () => void {
  const { document } = globalThis as Surroundings;
  const look = () => {
    if (document?.visibilityState === "hidden") onhidden();
  };
  document?.addEventListener("visibilitychange", look);
  return () => document?.removeEventListener("visibilitychange", look);
}
