/** An element is near if it is at most one screen above or below the viewport. */
const MARGIN = "100% 0px";

const waiting = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** Resolves as soon as an element is near the viewport. */
export function nearViewport(element: Element, signal: AbortSignal): Promise<void> {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) waiting.get(target)?.();
    },
    { rootMargin: MARGIN },
  );
  return new Promise((resolve) => {
    const leave = () => {
      // A later call for the same element has its own entry.
      if (waiting.get(element) === leave) {
        waiting.delete(element);
        observer!.unobserve(element);
      }
      resolve();
    };
    // An observer reports only changes, so the element is observed anew to get its current state.
    observer!.unobserve(element);
    waiting.set(element, leave);
    signal.addEventListener("abort", leave, { once: true });
    observer!.observe(element);
  });
}

/**
 * Returns the distance from an element to the viewport in CSS pixels: 0 if it is visible, infinite if it is not laid
 * out.
 */
export function distanceToViewport(element: Element): number {
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
  if (width === 0 && height === 0) return Number.POSITIVE_INFINITY;
  return Math.max(0, top - innerHeight, -bottom, left - innerWidth, -right);
}

/** Returns a sort key: the nearest element to the viewport comes first, visible elements in reading order. */
export function nearnessOf(element: Element): readonly number[] {
  const { top, left } = element.getBoundingClientRect();
  return [distanceToViewport(element), top, left];
}
