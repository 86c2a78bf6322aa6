type Assembler = Pick<typeof import("../api/assemble-gif.ts"), "assembleGif">;

let load: (() => Promise<Assembler>) | undefined;

/** Registers where `assembleGif` is loaded from. Each entry of the element calls it, since only entries choose a platform. */
export function useAssembler(loader: () => Promise<Assembler>): void {
  load ??= loader;
}

/** Loads `assembleGif` with its platform. */
export function loadAssembler(): Promise<Assembler> {
  if (!load) throw new Error("<task-gif> was imported by a file that is not an entry of the package");
  return load();
}
