/** One page of the dashboard. */
export type View = {
  element: HTMLElement;
  /** For the tab of the browser. */
  title: string;
  /** Ends all work and lets go of everything. */
  close(): void;
};
