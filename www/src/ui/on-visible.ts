const waiting = new WeakMap<Element, () => void>();
let watcher: IntersectionObserver | undefined;

/** Calls back once, when the element is visible or close to it. */
export function onVisible(element: Element, onseen: () => void): void {
  watcher ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        watcher?.unobserve(target);
        waiting.get(target)?.();
        waiting.delete(target);
      }
    },
    { rootMargin: "50% 0px" },
  );
  waiting.set(element, onseen);
  watcher.observe(element);
}
