/** The modules that open and show a replay. Loaded with the first source of an element. */

export { assemblyTurn } from "./page/assembly-queue.ts";
export { addPlayer, shareAgain } from "./page/player-budget.ts";
export { openReplay } from "./replay/open-replay.ts";
export { imageView } from "./view/image-view.ts";
export { canvasOf } from "./view/picture-canvas.ts";
export { playerStyleSheet } from "./view/player-style.ts";
export { PlayerView } from "./view/player-view.ts";
