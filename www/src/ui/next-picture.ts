/** Longest wait in ms: a page that nobody looks at draws no pictures. */
const MOST_MS = 100;

/** Resolves when the page has been drawn once more. */
export function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MOST_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // The task after the picture, which is laid out and painted behind this.
      setTimeout(resolve);
    });
  });
}
