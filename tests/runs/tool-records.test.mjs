// Records of Midscene, the Playwright MCP server, Lighthouse and DevTools, as the tools wrote them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRuns } from "task-gif/runs";
import { codesOf, each, failedOf, fileOf, filesOf, statesOf, textOf } from "./support/fixture-files.mjs";

const only = async (input, options) => {
  const runs = await readRuns(typeof input === "string" ? filesOf(input) : input, options);
  assert.equal(runs.length, 1);
  return runs[0];
};
const json = (path) => JSON.parse(textOf(path));
const page = "http://127.0.0.1:8123/";
/** Some files of a record. */
const pick = (files, isWanted) => new Map([...files].filter(([path]) => isWanted(path)));

test("Midscene with a folder of pictures: one from before, one from after each action, whatever the files are called", async () => {
  const run = await only("midscene-1.13.1/order-ext");
  assert.equal(await statesOf(run), "012212333");
  assert.deepEqual(each(run, "caption"), [
    "Start",
    "Type into the fruit field",
    "Tap the Add button",
    "Tap the coupon button",
    "Type into the fruit field",
    "Tap the Add button",
    "Tap the Checkout link",
    "Check that the page says Sold out",
    "Ordered",
  ]);
  assert.deepEqual(failedOf(run), [3, 7]);
  assert.equal(run.screenshots[1].timestampMs, 1795969101035);
  assert.deepEqual(run.screenshots[1].click, { left: 367, top: 197 });
  assert.deepEqual([run.name, run.tool, run.warnings], ["Order fruit", { name: "Midscene", version: "1.13.1" }, []]);
});

test("Midscene: a report without its folder has a warning, and is no folder of pictures with it", async () => {
  const files = filesOf("midscene-1.13.1/order-ext");
  const run = await only(pick(files, (path) => path.endsWith(".html")));
  assert.deepEqual([run.screenshots, codesOf(run)], [[], ["PICTURE_MISSING"]]);
});

for (const [path, states, failed, version] of [
  ["midscene-0.30.8/order.html", "0122222", [3, 4, 5], "0.30.8"],
  ["midscene-1.6.2/order.html", "0122333", [3, 5], "1.6.2"],
]) {
  test(`Midscene ${version}: data stand after an application that has the same tags in its code`, async () => {
    assert.match(textOf(path), /<script type="midscene_web_dump" ', \/<script/);
    const run = await only(path);
    assert.equal(await statesOf(run), states);
    assert.deepEqual([failedOf(run), run.tool.version], [failed, version]);
    assert.equal(run.screenshots[1].caption, "Type into the fruit field");
    assert.equal((await only(path, { captionsOf: "all" })).screenshots[1].caption, 'Type "Apple" into the fruit field');
  });
}

test("the dump of Midscene without its page has the steps of the page", async () => {
  const html = textOf("midscene-0.30.8/order.html");
  const dump = html.slice(html.lastIndexOf('<script type="midscene_web_dump"')).match(/>\s*(\{.*?)<\/script>/s)[1];
  const [run, whole] = [await only(fileOf("order.web-dump.json", dump)), await only("midscene-0.30.8")];
  assert.deepEqual(each(run, "caption"), each(whole, "caption"));
  assert.equal(await statesOf(run), "0122222");
});

test("Midscene 1.6.2 writes an execution again at each change: the last one counts", () => {
  const dumps = textOf("midscene-1.6.2/order.html").match(/<script type="midscene_web_dump" data-group-id/g);
  assert.ok(dumps.length > 30);
});

test("Midscene: points are in pixels of what the model saw, not of the page", async () => {
  const html = textOf("midscene-1.6.2/order.html").replaceAll(
    '"shotSize": {"width": 800, "height": 600}',
    '"shotSize": {"width": 1600, "height": 1200}',
  );
  const [half, whole] = [await only(fileOf("a.html", html)), await only("midscene-1.6.2/order.html")];
  assert.equal(half.screenshots[0].click.left, whole.screenshots[0].click.left / 2);
});

test("Midscene: tests of a merged report are runs of their own, with what came of them", async () => {
  const html = textOf("midscene-0.30.8/order.html");
  const dump = /<script type="midscene_web_dump"[^>]*>\s*(\{[\s\S]*\})\s*<\/script>/.exec(
    html.slice(html.lastIndexOf("</html>")),
  )[1];
  const tag = (id, status) =>
    `<script type="midscene_web_dump" type="application/json" playwright_test_id="${id}" playwright_test_title="Test%20${id}" playwright_test_status="${status}">\n${dump}\n</script>`;
  const runs = await readRuns(fileOf("merged.html", `<html></html>${tag("1", "passed")}${tag("2", "timedOut")}`));
  assert.deepEqual(
    runs.map(({ name, status, error }) => [name, status, error !== undefined]),
    [
      ["Test 1", "passed", false],
      ["Test 2", "failed", true],
    ],
  );
});

test("Playwright MCP: the session and its folder are one run, captioned by the calls before each screenshot", async () => {
  const run = await only("playwright-mcp-0.0.83");
  assert.equal(await statesOf(run), "0123");
  assert.deepEqual(each(run, "caption"), [`Open ${page}`, "Type into 'Fruit'", "Click 'Add'", "Click 'Checkout'"]);
  assert.deepEqual(each(run, "url"), [page, page, page, `${page}done.html`]);
  assert.deepEqual(run.warnings, []);
  const all = await only("playwright-mcp-0.0.83", { captionsOf: "all" });
  assert.equal(all.screenshots[1].caption, `Type "Apple" into 'Fruit'`);
});

test("Playwright MCP: a screenshot with a filename lies elsewhere: a warning without it, resolved by the caller", async () => {
  const files = pick(filesOf("playwright-mcp-0.0.83"), (path) => !path.endsWith("ordered.png"));
  const run = await only(files);
  assert.deepEqual([await statesOf(run), codesOf(run)], ["012", ["PICTURE_MISSING"]]);
  assert.match(run.warnings[0].message, /\.\/ordered\.png/);
  assert.equal(run.screenshots[0].timestampMs, Date.parse("2026-11-29T16:14:58.708Z"));
  const ordered = filesOf("playwright-mcp-0.0.83/ordered.png").get("ordered.png");
  const resolved = await only(files, { resolve: (reference) => (reference === "./ordered.png" ? ordered : undefined) });
  assert.equal(await statesOf(resolved), "0123");
  const unresolved = await only(files, { resolve: () => Promise.reject(new Error("no such file")) });
  assert.deepEqual([await statesOf(unresolved), codesOf(unresolved)], ["012", ["PICTURE_MISSING"]]);
});

test("Playwright MCP: session.md alone holds the pictures", async () => {
  const files = pick(filesOf("playwright-mcp-0.0.83"), (path) => path.endsWith(".md"));
  assert.equal(await statesOf(await only(files)), "012");
});

test("Playwright MCP until 0.0.6x: the session names the pictures, and addresses only where it opened them", async () => {
  const run = await only("playwright-mcp-0.0.56");
  assert.equal(await statesOf(run), "01233");
  assert.deepEqual(each(run, "caption").slice(0, 4), [
    `Open ${page}`,
    "Type into 'Fruit field'",
    "Click 'Add button'",
    "Click 'Checkout link'",
  ]);
  assert.deepEqual(each(run, "url"), [page, undefined, undefined, undefined, undefined]);
});

test("Playwright MCP: a failed call repeats the picture, a screenshot of an element is left out, a password is never told", async () => {
  const data = textOf("playwright-mcp-0.0.83/output/session-1795968897815/session.md").match(/iVBORw0KGgo[^"]+/)[0];
  const entry = (name, args, result) =>
    `\n### Tool call: ${name}\n- Args\n\`\`\`json\n${JSON.stringify(args, null, 2)}\n\`\`\`\n- Result\n\`\`\`json\n${JSON.stringify(result, null, 2)}\n\`\`\`\n`;
  const picture = { attachments: [{ type: "image", data, mimeType: "image/png" }] };
  const text = [
    entry("browser_navigate", { url: "http://user:pw@shop.example/a?token=1" }, {}),
    entry("browser_take_screenshot", {}, picture),
    entry("browser_take_screenshot", { element: "Header", ref: "e1" }, picture),
    entry(
      "browser_type",
      { element: "Password", ref: "e2", text: "hunter2" },
      { error: "Error: not there\n### Tool call: x\n- Args" },
    ),
    entry("browser_type", { element: "Name", ref: "e3", text: "Ann" }, {}),
    entry("browser_press_key", { key: "Enter" }, {}),
    entry("browser_take_screenshot", {}, picture),
  ].join("");
  const run = await only(fileOf("session.md", text), { captionsOf: "all" });
  assert.deepEqual(each(run, "caption"), [
    "Open http://shop.example/a",
    "Type into 'Password'",
    `Type "Ann" into 'Name', press Enter`,
  ]);
  assert.deepEqual([failedOf(run), codesOf(run)], [[2], ["CUT_OUTS_SKIPPED"]]);
  assert.doesNotMatch(JSON.stringify(run.screenshots.map(({ caption }) => caption)), /hunter2|token/);
});

test("Lighthouse: the filmstrip is the run, the picture of the full page is not", async () => {
  for (const version of ["11.7.1", "13.5.0"]) {
    const run = await only(`lighthouse-${version}/report.json`);
    assert.equal(run.screenshots.length, 8);
    assert.deepEqual(run.tool, { name: "Lighthouse", version });
    const times = each(run, "timestampMs").map((ms) => ms - run.startedAtMs);
    assert.deepEqual(times, [375, 750, 1125, 1500, 1875, 2250, 2625, 3000]);
    assert.equal(run.screenshots[0].url, page);
  }
  assert.equal(await statesOf(await only("lighthouse-13.5.0/report.json")), "00000000");
});

test("Lighthouse: the answer of PageSpeed Insights and the result of the library are read as the report", async () => {
  const lhr = json("lighthouse-13.5.0/report.json");
  for (const record of [
    { kind: "pagespeedonline#result", lighthouseResult: lhr },
    { artifacts: {}, lhr, report: "" },
  ]) {
    const run = await only(record);
    assert.deepEqual([run.tool, run.screenshots.length], [{ name: "Lighthouse", version: "13.5.0" }, 8]);
  }
});

test("Lighthouse: a user flow is one run with the names of its steps; a snapshot has no pictures, which is said", async () => {
  const run = await only("lighthouse-13.5.0/flow.json");
  assert.deepEqual([...new Set(each(run, "caption"))], ["Open the stall", "Order an apple"]);
  assert.deepEqual([run.name, run.screenshots.length, codesOf(run)], ["Order fruit", 16, ["NO_SCREENSHOTS"]]);
  const times = each(run, "timestampMs");
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

test("Lighthouse: the page that shows a report is read as the report", async () => {
  const text = textOf("lighthouse-13.5.0/report.json").replaceAll("<", "\\u003c");
  const html = `<!doctype html><html><script>window.__LIGHTHOUSE_JSON__ = ${text};</script><script>let o=window.__LIGHTHOUSE_JSON__,e=1</script></html>`;
  assert.equal((await only(fileOf("report.html", html))).screenshots.length, 8);
});

test("DevTools: screenshots in the order of their times, blank first ones and repeats left out", async () => {
  const run = await only("puppeteer-25.16.0/trace.json");
  assert.equal(await statesOf(run), "001111123");
  assert.deepEqual([run.name, codesOf(run)], [page, ["TIMES_RELATIVE"]]);
  assert.equal(run.screenshots.at(-1).url, `${page}done.html`);
  const times = each(run, "timestampMs");
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  const kept = await only("puppeteer-25.16.0/trace.json", { skipBlank: false });
  assert.match(await statesOf(kept), /^(blank)00/);
});

test("DevTools: a list of events, the old phase, lost addresses and any order are the same; a start makes times real", async () => {
  const trace = json("puppeteer-25.16.0/trace.json");
  const events = trace.traceEvents
    .filter(({ name }) => name === "Screenshot")
    .map((event) => ({ ...event, ph: "O", id: "0x1" }))
    .reverse();
  const bare = await only(fileOf("Trace.json", JSON.stringify(events)));
  assert.equal(await statesOf(bare), "001111123");
  const startTime = "2026-11-29T16:12:49.000Z";
  const timed = await only({ ...trace, metadata: { source: "DevTools", startTime } });
  assert.deepEqual([timed.startedAtMs, timed.warnings], [Date.parse(startTime), []]);
  assert.ok(timed.screenshots[0].timestampMs > timed.startedAtMs);
});

test("other JSON that looks alike is no record of these", async () => {
  for (const record of [
    { traceEvents: [{ name: "Screenshot", ph: "I", ts: 1, args: {} }] },
    { steps: [{ name: "a", lhr: {} }] },
    { lighthouseVersion: "13.0.0" },
    { executions: [] },
  ]) {
    await assert.rejects(readRuns(record), { code: "UNKNOWN_RECORD" });
  }
  for (const text of [
    "### Tool call: browser_click\nno arguments",
    '<!doctype html><html><script type="midscene_web_dump">{}</script></html>',
    "<!doctype html><html><script>window.__LIGHTHOUSE_JSON__ = {</script></html>",
  ]) {
    await assert.rejects(readRuns(text), { code: "UNKNOWN_RECORD" });
  }
});
