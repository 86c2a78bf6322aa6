/** Limits of what is uploaded to a server. Each is an option of the server; whatever is beyond one is refused. */
export type UploadLimits = {
  /** Most bytes of one screenshot; default 20,000,000. */
  screenshotBytes?: number;
  /** Most screenshots of a task; default 1,000. */
  screenshots?: number;
  /** Most bytes of uploads that are in memory at the same time; default 128,000,000. Others are told to come again. */
  uploadBytes?: number;
};

/** The limits that apply where the options give none. */
export const UPLOAD_LIMITS: Required<UploadLimits> = {
  screenshotBytes: 20_000_000,
  screenshots: 1000,
  uploadBytes: 128_000_000,
};

/** Most UTF-16 units of one text, such as the name of a task, a goal or an address. */
export const MOST_TEXT = 20_000;

/** Largest number of a step. */
export const MOST_STEP = 999_999;
