import { asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import type { RecordFile, RecordFiles } from "../../record-format.ts";
import { imagesIn } from "../../reports/html-images.ts";

/** What allure-robotframework calls the log of a keyword, which is HTML. */
const KEYWORD_LOG = "Keyword Log";

/** The pictures that the logs among the files of a folder of results name, which libraries keep elsewhere. */
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

/** Whether a result is of allure-robotframework. */
export const isOfRobot = (result: Json): boolean =>
  asObjects(result.labels).some(({ name, value }) => name === "framework" && value === "robotframework");

const isLog = ({ kind, name }: RecordFile) => (kind === "html" || kind === "xml") && name.endsWith("-attachment.html");

/**
 * A step with the images in the logs of its keywords as attachments: libraries of Robot Framework log their screenshots as
 * `<img>`, and allure-robotframework attaches the HTML alone. Other HTML that is attached shows pages of its own.
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
