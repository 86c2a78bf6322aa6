/** The actions of the keys of a player. */
export type KeyActions = {
  toggle(): void;
  /** Moves by this number of steps; back if negative. */
  step(by: number): void;
  /** Moves to the title card, or to the first step if there is no card. */
  goToStart(): void;
  goToLastStep(): void;
  /** Absent if full screen is not available. */
  fullscreen: (() => void) | undefined;
};

/** Performs the action of a key that was pressed in `player`. Ignores keys of form controls and keys with a modifier. */
export function onPlayerKey(event: KeyboardEvent, player: HTMLElement, actions: KeyActions): void {
  const target = event.target as HTMLElement;
  const hasOwnKeys = target.matches("input, select");
  if (hasOwnKeys || event.ctrlKey || event.altKey || event.metaKey) return;
  const forward = getComputedStyle(player).direction === "rtl" ? -1 : 1;
  const { key } = event;
  if (key === "k" || (key === " " && !target.closest("button, summary, a"))) actions.toggle();
  else if (key === "ArrowLeft") actions.step(-forward);
  else if (key === "ArrowRight") actions.step(forward);
  else if (key === "Home") actions.goToStart();
  else if (key === "End") actions.goToLastStep();
  else if (key === "f" && actions.fullscreen) actions.fullscreen();
  else return;
  event.preventDefault();
}
