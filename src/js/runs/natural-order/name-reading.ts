/** Names in a form in which their numbers say their order. */
export type NameReading = {
  names: string[];
  /** The same names as people may mean them as well. Where these come in another order, the reading is a guess. */
  others?: string[][];
};
