type Scheduling = { scheduler?: { yield?: () => Promise<void> } };

/** Resolves in a new task, so that the browser can draw and handle input first. */
export function nextMacrotask(): Promise<void> {
  const { scheduler } = globalThis as Scheduling;
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
