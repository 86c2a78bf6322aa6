type BrowserNavigator = Navigator & { userAgentData: { mobile?: boolean }; deviceMemory: number };

/** Maximum number of workers in this browser. */
export function mostWorkers(): number {
  // Other hosts may lack `navigator`, or parts of it.
  const { navigator = {} } = globalThis as { navigator?: Partial<BrowserNavigator> };
  const { userAgentData, userAgent = "", hardwareConcurrency, deviceMemory } = navigator;
  const isMobile = userAgentData?.mobile ?? /Mobi|Android/.test(userAgent);
  // Browsers that report their memory get at most one worker per GiB.
  return Math.max(1, Math.min(hardwareConcurrency || 2, deviceMemory ?? 8, isMobile ? 4 : 8));
}
