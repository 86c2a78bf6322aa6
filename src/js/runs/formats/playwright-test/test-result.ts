/** What both reports of Playwright Test tell of one try of a test. */
export type TestResult = {
  /** Project, file, describe blocks and title, as its own reporters put them. */
  name: string;
  /** 0 for the first try. */
  retry: number;
  status?: string;
  error?: string;
  startedAtMs?: number;
  attachments: ResultAttachment[];
};

/** A file that belongs to a result. */
export type ResultAttachment = {
  name: string;
  contentType: string;
  /** Base64, where the report holds the file itself. */
  body?: string;
  /** Where it was written. */
  path?: string;
  /** The step of the test that it belongs to, where the report tells; no title outside of steps. */
  step?: {
    title: string;
    atMs?: number;
    failed: boolean;
    /** Whether the step before the attaching took a picture of one element. */
    isOfElement?: boolean;
  };
};

/** Parts of a name are put together as Playwright's own reporters do. */
export function testName(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(" › ");
}
