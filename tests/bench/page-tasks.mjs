// The tasks of a page's own thread in Chromium, from a trace.
import { launchChromium } from "../browser/support/browsers.mjs";

/** The page's own work, by the names of the trace. */
const WORK = {
  EventDispatch: ({ type }) => `event ${type}`,
  TimerFire: () => "timer",
  FireAnimationFrame: () => "animation frame",
  EvaluateScript: ({ url }) => `script ${url?.split("/").at(-1) ?? ""}`,
  "v8.compileModule": () => "compilation of a module",
  "v8.evaluateModule": () => "first run of a module",
  ParseHTML: () => "HTML",
  RunMicrotasks: () => "microtasks",
  FunctionCall: ({ functionName }) => `function ${functionName || "without name"}`,
  MajorGC: () => "garbage collection",
  MinorGC: () => "garbage collection",
  UpdateLayoutTree: () => "style",
  Layout: () => "layout",
  PrePaint: () => "painting",
  Paint: () => "painting",
  Layerize: () => "painting",
  Commit: () => "painting",
};

/**
 * Opens `url` in a browser of its own whose page has a processor that is `rate` times slower, and runs
 * `work(page, traced)`. What `traced` runs counts: resolves to its tasks, `{ startMs, busyMs, parts }`, where `busyMs` is
 * time of the processor without the driver's (the time on the clock would count other programs, too), and `parts` say
 * what it went into.
 */
export async function tasksOf(url, { rate, setUp = () => {} }, work) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(600_000);
    await setUp(page);
    await page.goto(url);
    const session = await page.context().newCDPSession(page);
    let tasks;
    await work(page, async (traced) => {
      await session.send("Emulation.setCPUThrottlingRate", { rate });
      await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "v8"] });
      await traced();
      tasks = mainThreadTasks(JSON.parse(await browser.stopTracing()));
    });
    return tasks;
  } finally {
    await browser.close();
  }
}

function mainThreadTasks({ traceEvents }) {
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
  const ofPage = traceEvents
    .filter(({ pid, tid, ph }) => ph === "X" && threads.some((thread) => pid === thread.pid && tid === thread.tid))
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const tasks = [];
  for (const event of ofPage) {
    if (/RunTask$/.test(event.name)) {
      tasks.push({
        end: endOf(event),
        startMs: event.ts / 1000,
        busyMs: busyMs(event),
        parts: [],
        drivenUntil: 0,
        workUntil: 0,
      });
      continue;
    }
    const task = tasks.at(-1);
    if (!task || event.ts > task.end) continue;
    if (isDriver(event)) {
      // What the driver itself takes is not the page's.
      task.busyMs -= busyMs(event);
      task.drivenUntil = endOf(event);
    }
    const name = WORK[event.name]?.(event.args.data ?? {});
    if (!name) continue;
    const isOutermost = event.ts >= task.workUntil;
    if (isOutermost) task.workUntil = endOf(event);
    if (isOutermost && event.ts < task.drivenUntil) task.busyMs += busyMs(event);
    task.parts.push({ name, ms: busyMs(event) });
  }
  return tasks.map(({ startMs, busyMs, parts }) => ({ startMs, busyMs, parts: parts.sort((a, b) => b.ms - a.ms) }));
}

const endOf = ({ ts, dur }) => ts + dur;
const busyMs = ({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000;
const isDriver = ({ args }) => args.chrome_mojo_event_info?.mojo_interface_tag === "blink.mojom.DevToolsSession";
