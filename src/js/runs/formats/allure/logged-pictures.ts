import { asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import type { RecordFile, RecordFiles } from "../../record-format.ts";
import { imagesIn } from "../../reports/html-images.ts";

/** Name of the log of a keyword in allure-robotframework, which is HTML. */
const KEYWORD_LOG = "Keyword Log";

/** Returns the pictures that logs in a folder of results name; libraries keep them elsewhere. */
export async function loggedFiles(results: readonly RecordFile[], files: RecordFiles): Promise<RecordFile[]> {
  const found: RecordFile[] = [];
  for (const log of results.filter(isLog)) {
    for (const source of imagesIn(await log.text())) {
      const picture = /^data:/i.test(source) ? undefined : files.find(source, log);
      if (picture && isPicture(picture)) found.push(picture);
    }
  }
  return found;
}

/** Whether allure-robotframework wrote a result. */
export const isOfRobot = (result: Json): boolean =>
  asObjects(result.labels).some(({ name, value }) => name === "framework" && value === "robotframework");

const isLog = ({ kind, name }: RecordFile) => (kind === "html" || kind === "xml") && name.endsWith("-attachment.html");

/**
 * Returns a step with the images in the logs of its keywords as attachments: libraries of Robot Framework log screenshots as `<img>`, and
 * allure-robotframework attaches only the HTML. Other attached HTML is ignored.
 */
export async function withLoggedPictures(step: Json, file: RecordFile, files: RecordFiles): Promise<Json> {
  const attachments: Json[] = [];
  for (const attachment of asObjects(step.attachments)) {
    const log = attachment.name === KEYWORD_LOG ? files.find(asText(attachment.source) ?? "", file) : undefined;
    if (log) for (const source of imagesIn(await log.text())) attachments.push({ type: "image/*", source });
    else attachments.push(attachment);
  }
  const steps = asObjects(step.steps).map((inner) => withLoggedPictures(inner, file, files));
  return { ...step, attachments, steps: await Promise.all(steps) };
}
