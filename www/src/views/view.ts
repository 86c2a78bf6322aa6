/** One page of the dashboard. */
export type View = {
  element: HTMLElement;
  /** Title of the browser tab. */
  title: string;
  /** Ends all work and releases resources. */
  close(): void;
};
