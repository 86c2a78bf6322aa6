/** The number of the step that the page's address asks for, as in `#step=7`. */
export function stepInAddress(): number | undefined {
  const found = /[#&?]step=(\d+)/.exec(location.hash);
  return found ? Number(found[1]) : undefined;
}

/** Index of the step that the page's address asks for; -1 where it asks for none of `steps`. */
export function indexInAddress(steps: readonly { number: number }[]): number {
  const number = stepInAddress();
  return steps.findIndex((step) => step.number === number);
}
