/** Bytes of frames that all players of a page may hold together; the nearest to the viewport have them. */
const MOST_BYTES = 200e6;

/** A player as the page sees it. */
export type PagePlayer = {
  /** What it holds when it plays, about. */
  readonly bytes: number;
  /** When it was last told to play, by the clock of `performance.now`: of those that are seen, the newest comes first. */
  readonly playedAt: number;
  distance(): number;
  /** Whether it may hold frames, and whether it is seen. Called with every change on the page. */
  allow(mayHold: boolean, isSeen: boolean): void;
};

const players = new Set<PagePlayer>();
let isAsked = false;

/** Adds a player; the function that is returned removes it. */
export function addPlayer(player: PagePlayer): () => void {
  if (players.size === 0) {
    addEventListener("scroll", shareAgain, { capture: true, passive: true });
    addEventListener("resize", shareAgain);
  }
  players.add(player);
  shareAgain();
  return () => {
    players.delete(player);
    if (players.size > 0) return shareAgain();
    removeEventListener("scroll", shareAgain, { capture: true });
    removeEventListener("resize", shareAgain);
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

function share(): void {
  const byDistance = [...players].map((player) => ({ player, distance: player.distance() }));
  byDistance.sort((a, b) => a.distance - b.distance || b.player.playedAt - a.player.playedAt);
  let bytes = 0;
  for (const { player, distance } of byDistance) {
    const isFirst = bytes === 0;
    bytes += player.bytes;
    const mayHold = Number.isFinite(distance) && (isFirst || bytes <= MOST_BYTES);
    player.allow(mayHold, distance === 0);
  }
}
