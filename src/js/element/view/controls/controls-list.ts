/** The parts of the player that the attribute `controlslist` can leave out, each as `no` and its name: `nodownload`. */
export type OptionalControl = "download" | "copy" | "share" | "fullscreen" | "transcript";

/** Reads a `controlslist` such as `nodownload noshare`; returns which parts are shown. Other words in it change nothing. */
export function controlsIn(controlslist: string | null): (control: OptionalControl) => boolean {
  const words = (controlslist ?? "").split(/\s+/);
  return (control) => !words.includes(`no${control}`);
}
