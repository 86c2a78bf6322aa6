type BrowserNavigator = Navigator & { userAgentData: { mobile?: boolean }; deviceMemory: number };

/** Maximum number of workers in this browser. */
export function mostWorkers(): number {
  // Hosts that are no browser may lack a navigator, or parts of it.
  const { navigator = {} } = globalThis as { navigator?: Partial<BrowserNavigator> };
  const { userAgentData, userAgent = "", hardwareConcurrency, deviceMemory } = navigator;
  const isMobile = userAgentData?.mobile ?? /Mobi|Android/.test(userAgent);
  // Where a browser tells its memory, in GiB, there is a worker for each of the first.
  return Math.max(1, Math.min(hardwareConcurrency || 2, deviceMemory ?? 8, isMobile ? 4 : 8));
}
