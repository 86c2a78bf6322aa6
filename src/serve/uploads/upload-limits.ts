/** Limits of uploads. Each is an option of the server; uploads beyond a limit are refused. */
export type UploadLimits = {
  /** Maximum bytes of one screenshot; default 20,000,000. */
  screenshotBytes?: number;
  /** Maximum number of screenshots of a task; default 1,000. */
  screenshots?: number;
  /** Maximum total bytes of concurrent uploads; default 128,000,000. Further uploads get 429 and Retry-After. */
  uploadBytes?: number;
};

/** The default limits. */
export const UPLOAD_LIMITS: Required<UploadLimits> = {
  screenshotBytes: 20_000_000,
  screenshots: 1000,
  uploadBytes: 128_000_000,
};

/** Maximum length of a text in UTF-16 units, such as the name of a task, a goal or an address. */
export const MOST_TEXT = 20_000;

/** Largest number of a step. */
export const MOST_STEP = 999_999;
