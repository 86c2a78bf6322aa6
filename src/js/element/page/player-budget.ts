import { distanceToViewport } from "./viewport.ts";

/** Maximum bytes of frames that all players of a page hold together. The players nearest to the viewport come first. */
const MOST_BYTES = 200e6;

/** A player that shares the budget. */
export type PagePlayer = {
  /** The element of the player in the page. */
  readonly element: Element;
  /** Approximate bytes of frames that it holds when it plays. */
  readonly bytes: number;
  /** Time of the last request to play, by `performance.now`: among visible players, the newest comes first. */
  readonly playedAt: number;
  /**
   * Sets whether the player may hold frames, and whether it is visible. Called on every change on the page, usually with
   * the same values.
   */
  allow(mayHold: boolean, isSeen: boolean): void;
};

/**
 * The position of a player: whether it is visible, whether it is at most one screen away from the viewport, and when it last
 * was. `isSeen` is not known until the browser has laid out the page.
 */
type Place = { player: PagePlayer; isSeen: boolean | undefined; isNear: boolean; leftAt: number };

const places = new Map<Element, Place>();
let observers: IntersectionObserver[] = [];
let isAsked = false;

/** Adds a player. Returns a function that removes it. */
export function addPlayer(player: PagePlayer): () => void {
  if (observers.length === 0) observers = [observer("isSeen", "0px"), observer("isNear", "100% 0px")];
  const { element } = player;
  const place = { player, isSeen: undefined, isNear: false, leftAt: performance.now() };
  places.set(element, place);
  // An observer reports only changes, so the element is observed anew to get its current state.
  for (const each of observers) each.unobserve(element);
  for (const each of observers) each.observe(element);
  return () => {
    if (places.get(element) !== place) return;
    places.delete(element);
    for (const each of observers) each.unobserve(element);
    shareAgain();
  };
}

/**
 * Distributes the budget again before the next frame of the page. Nothing happens while the page is in the background.
 */
export function shareAgain(): void {
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    share();
  });
}

/**
 * Creates an observer of visibility. Unlike a scroll handler, it costs nothing for players whose visibility does not
 * change.
 */
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
    // A player that has played since it was added continues until its position is known.
    if (isSeen !== undefined) player.allow(isFirst || bytes <= MOST_BYTES, isSeen);
  }
}

/**
 * Returns the distance to the viewport in CSS pixels. All far players have the same distance: the one that was near last comes
 * first.
 */
function distanceOf({ player, isSeen, isNear }: Place): number {
  if (isSeen) return 0;
  return isNear ? distanceToViewport(player.element) : Number.MAX_VALUE;
}

const recency = ({ player, isSeen, leftAt }: Place) => (isSeen ? player.playedAt : leftAt);
