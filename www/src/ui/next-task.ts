type Scheduling = { scheduler?: { yield?: () => Promise<void> } };

/** Lets the browser draw and take input. */
export function nextTask(): Promise<void> {
  const { scheduler } = globalThis as Scheduling;
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
