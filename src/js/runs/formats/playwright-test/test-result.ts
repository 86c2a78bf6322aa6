/** One try of a test, from any kind of report. */
export type TestResult = {
  /** Project, file, describe blocks and title, joined as Playwright's own reporters do. */
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
  /** Base64, if the report contains the file. */
  body?: string;
  /** Original path of the file. */
  path?: string;
  /** The step of the test that it belongs to, if known; without a title outside of steps. */
  step?: {
    title: string;
    atMs?: number;
    failed: boolean;
    /** Whether the previous step took a picture of one element. */
    isOfElement?: boolean;
  };
};

/** Joins the parts of a test's name as Playwright's own reporters do. */
export function testName(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(" › ");
}
