/** What the keys of a player do. */
export type KeyActions = {
  toggle(): void;
  /** Moves by so many steps; back if negative. */
  step(by: number): void;
  /** Moves to the title card, or to the first step where there is none. */
  goToStart(): void;
  goToLastStep(): void;
  /** Absent where the page may not be left for the whole screen. */
  fullscreen: (() => void) | undefined;
};

/** Does what a key pressed in `player` stands for. Keys of form controls, and those pressed with a modifier, are left alone. */
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
