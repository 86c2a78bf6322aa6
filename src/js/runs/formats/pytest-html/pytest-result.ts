/** One try of a test. */
export type PytestResult = {
  name: string;
  /** "Passed", "Failed", "Error", "Skipped", "XFailed", "XPassed", "Rerun". */
  outcome: string;
  error: string | undefined;
  images: PytestImage[];
};

/** An image of a result; version 3 does not write its name. */
export type PytestImage = { reference: string; name: string | undefined };
