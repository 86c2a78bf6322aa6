/**
 * The part of the reporter API of Playwright Test 1.40 and later that this reporter uses. It is declared here, since each project
 * has its own version of Playwright.
 */

/** `TestCase`. */
export type TestCase = {
  readonly id: string;
  readonly expectedStatus: string;
  /** An empty text, then project, file, describe blocks and title. */
  titlePath(): string[];
  readonly parent: { project(): { readonly outputDir: string } | undefined };
};

/** `TestResult`: one try of a test. */
export type TestResult = {
  readonly status: string;
  /** 0 for the first try. */
  readonly retry: number;
  readonly errors: readonly { readonly message?: string | undefined }[];
  readonly attachments: Attachment[];
  readonly steps: readonly TestStep[];
};

/** A file or bytes that belong to a result. */
export type Attachment = {
  name: string;
  contentType: string;
  path?: string | undefined;
  body?: Buffer | undefined;
};

/** `TestStep`. */
export type TestStep = {
  readonly title: string;
  /** `"test.attach"` for a step that only adds an attachment. */
  readonly category: string;
  readonly startTime: Date;
  readonly duration: number;
  readonly error?: unknown;
  readonly steps: readonly TestStep[];
  /** From 1.50 on. */
  readonly attachments?: readonly Attachment[];
};

/** `FullResult`. */
export type FullResult = { readonly status: string };
