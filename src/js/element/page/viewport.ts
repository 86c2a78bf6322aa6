/** From one screen above or below the viewport on, an element is near. */
const MARGIN = "100% 0px";

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Resolves when an element is near the viewport: at once, or when it has been scrolled there. */
export function nearViewport(element: Element, signal: AbortSignal): Promise<void> {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) waiting.get(target)?.();
    },
    { rootMargin: MARGIN },
  );
  return new Promise((resolve) => {
    const leave = () => {
      // A later load of the same element waits for itself.
      if (waiting.get(element) === leave) {
        waiting.delete(element);
        observer!.unobserve(element);
      }
      resolve();
    };
    // Observed anew, since it is told of changes only.
    observer!.unobserve(element);
    waiting.set(element, leave);
    signal.addEventListener("abort", leave, { once: true });
    observer!.observe(element);
  });
}

/** CSS pixels between an element and the viewport; 0 for one that is seen, infinite for one that is not laid out. */
export function distanceToViewport(element: Element): number {
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  if (width === 0 && height === 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, top - innerHeight, -bottom, left - innerWidth, -right);
}

/** What orders elements by when they are wanted: the nearest to the viewport first, and those that are seen as one reads. */
export function nearnessOf(element: Element): readonly number[] {
  const { top, left } = element.getBoundingClientRect();
  return [distanceToViewport(element), top, left];
}
