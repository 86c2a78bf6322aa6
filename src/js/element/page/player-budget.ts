import { distanceToViewport } from "./viewport.ts";

/** Bytes of frames that all players of a page may hold together; the nearest to the viewport have them. */
const MOST_BYTES = 200e6;

/** A player as the page sees it. */
export type PagePlayer = {
  /** What takes its place in the page. */
  readonly element: Element;
  /** What it holds when it plays, about. */
  readonly bytes: number;
  /** When it was last told to play, by the clock of `performance.now`: of those that are seen, the newest comes first. */
  readonly playedAt: number;
  /** Whether it may hold frames, and whether it is seen. Called with every change on the page; most change nothing. */
  allow(mayHold: boolean, isSeen: boolean): void;
};

/**
 * Where a player is: in the viewport, or at most one screen away from it, or when it was so last. `isSeen` is not known
 * before the browser has laid the page out.
 */
type Place = { player: PagePlayer; isSeen: boolean | undefined; isNear: boolean; leftAt: number };

const places = new Map<Element, Place>();
let observers: IntersectionObserver[] = [];
let isAsked = false;

/** Adds a player; the function that is returned removes it. */
export function addPlayer(player: PagePlayer): () => void {
  if (observers.length === 0) observers = [observer("isSeen", "0px"), observer("isNear", "100% 0px")];
  const { element } = player;
  const place = { player, isSeen: undefined, isNear: false, leftAt: performance.now() };
  places.set(element, place);
  // Observed anew, since an observer tells of changes only.
  for (const each of observers) each.unobserve(element);
  for (const each of observers) each.observe(element);
  return () => {
    if (places.get(element) !== place) return;
    places.delete(element);
    for (const each of observers) each.unobserve(element);
    shareAgain();
  };
}

/** Shares the budget anew before the next picture of the page. A page in the background goes on as it is. */
export function shareAgain(): void {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    share();
  });
}

/** The browser itself finds out what comes and goes: scrolling costs nothing for players that stay where they are. */
function observer(name: "isSeen" | "isNear", rootMargin: string): IntersectionObserver {
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const place = places.get(target);
        if (!place) continue;
        if (place.isNear && !isIntersecting) place.leftAt = performance.now();
        place[name] = isIntersecting;
      }
      shareAgain();
    },
    { rootMargin },
  );
}

function share(): void {
  const byDistance = [...places.values()].map((place) => ({ ...place, distance: distanceOf(place) }));
  byDistance.sort((a, b) => a.distance - b.distance || recency(b) - recency(a));
  let bytes = 0;
  for (const { player, isSeen } of byDistance) {
    const isFirst = bytes === 0;
    bytes += player.bytes;
    // One that plays since it was added must not be held up until it is known where it is.
    if (isSeen !== undefined) player.allow(isFirst || bytes <= MOST_BYTES, isSeen);
  }
}

/** CSS pixels to the viewport. Of those that are far it does not matter how far: what was near last comes first. */
function distanceOf({ player, isSeen, isNear }: Place): number {
  if (isSeen) return 0;
  return isNear ? distanceToViewport(player.element) : Number.MAX_VALUE;
}

const recency = ({ player, isSeen, leftAt }: Place) => (isSeen ? player.playedAt : leftAt);
