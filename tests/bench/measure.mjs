// One contender on one sequence, in a browser of its own.
import { readFileSync } from "node:fs";
import { launchChromium } from "../browser/support/browsers.mjs";

const RUNS = 3;
/** An encoder that takes longer than this for one sequence is taken to hang. */
const LIMIT = 10 * 60_000;

/** Runs it; `{ seconds, bytes, memory, browser, comparison }`, or `{ error }`. */
export async function measure({ url, contender, sequence, scores }) {
  const browser = await launchChromium();
  const timer = setTimeout(() => browser.close(), LIMIT);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const inPage = (name, argument) =>
      page.evaluate(async ([key, value]) => (await import("/bench/in-page.mjs"))[key](value), [name, argument]);
    const urls = sequence.files.map((file) => `/screenshots/${file.split("/").map(encodeURIComponent).join("/")}`);
    await inPage("prepare", { name: contender.name, urls });
    const runs = [await inPage("timed")];
    const memory = await rendererMemory(browser);
    while (runs.length < RUNS) runs.push(await inPage("timed"));
    const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b)[(RUNS - 1) / 2];
    const comparison = contender.kind === "floor" ? undefined : await inPage("compare", { scores });
    return { seconds, bytes: runs[0].bytes, memory, browser: browser.version(), comparison };
  } catch (error) {
    return { error: error.message.split("\n")[0] };
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

/** The most memory that the page's process, workers included, ever held; undefined where the system does not tell. */
async function rendererMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => peakOf(id));
  return peaks.some((peak) => peak === undefined) ? undefined : Math.max(...peaks);
}

function peakOf(processId) {
  try {
    const kilobytes = readFileSync(`/proc/${processId}/status`, "utf8").match(/^VmHWM:\s+(\d+)/m)[1];
    return Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
