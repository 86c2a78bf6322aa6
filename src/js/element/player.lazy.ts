/** What opens a replay and shows it. Loaded with the first source that an element gets. */

export { openReplay } from "./replay/open-replay.ts";
export { imageView } from "./view/image-view.ts";
export { PlayerView } from "./view/player-view.ts";
