/** Returns the number of the step in the page's URL, as in `#step=7`. */
export function stepInAddress(): number | undefined {
  const found = /[#&?]step=(\d+)/.exec(location.hash);
  return found ? Number(found[1]) : undefined;
}

/** Returns the index of the step in the page's URL; -1 if the URL names none of `steps`. */
export function indexInAddress(steps: readonly { number: number }[]): number {
  const number = stepInAddress();
  return steps.findIndex((step) => step.number === number);
}
