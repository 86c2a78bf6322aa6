/** The parts of the player that the attribute `controlslist` can leave out, each as `no` and its name: `nodownload`. */
export type OptionalControl = "download" | "copy" | "share" | "fullscreen" | "transcript";

/** Returns the parts that a `controlslist` such as `nodownload noshare` shows. Other words are ignored. */
export function controlsIn(controlslist: string | null): (control: OptionalControl) => boolean {
  const words = (controlslist ?? "").split(/\s+/);
  return (control) => !words.includes(`no${control}`);
}
