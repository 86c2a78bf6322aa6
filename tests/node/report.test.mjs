// Reports, by the public name of the entry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleGif } from "task-gif";
import { reportHtml, reportMarkdown } from "task-gif/report";
import { stepsFrom } from "task-gif/runs";
import { blobsOf } from "./support/fixtures.mjs";

const TASK = {
  id: "7f3c",
  task: "Order a vase",
  status: "finished",
  output: "Ordered.\nIt comes on Monday.",
  created_at: "2026-05-15T14:40:31.185Z",
  finished_at: "2026-05-15T14:43:39",
  public_share_url: "https://example.com/share/7f3c",
  live_url: null,
  steps: [
    { id: "a", step: 1, next_goal: "Open the shop", url: "https://shop.example/", evaluation_previous_goal: null },
    { id: "b", step: 2, next_goal: "Find a vase", url: "https://shop.example/vases?color=blue#top", next: 1 },
  ],
};
const HOSTILE = `"><script>alert(1)</script>'&\u0000\u202e`;

test("a task of the API becomes a page with its facts and its transcript", () => {
  const html = reportHtml({ task: TASK });
  assert.match(html, /^<!doctype html>\n<html lang="en">/);
  assert.match(html, /<title>Order a vase<\/title>/);
  assert.match(html, /<p class="status good">Finished<\/p>/);
  assert.match(html, /<dt>Took<\/dt><dd>3 min 8 s<\/dd>/);
  assert.match(html, /<dt>Started<\/dt><dd>2026-05-15 14:40:31 UTC<\/dd>/);
  assert.match(html, /href="https:\/\/example\.com\/share\/7f3c"/);
  assert.match(html, />shop\.example\/vases\?color=blue#top<\/a>/);
  assert.equal(html.match(/<tr role="row">/g).length, 3);
  assert.equal(html, reportHtml({ task: TASK }));
});

test("the GIF is inside the file, byte for byte, and nothing is outside", async () => {
  const gif = await assembleGif(blobsOf("shop"));
  const bytes = await gif.blob.arrayBuffer();
  const html = reportHtml({ task: TASK, gif: bytes });
  const [, encoded, width, height] = html.match(
    /<img src="data:image\/gif;base64,([^"]+)" width="(\d+)" height="(\d+)"/,
  );
  assert.ok(Buffer.from(encoded, "base64").equals(Buffer.from(bytes)));
  assert.deepEqual([Number(width), Number(height)], [gif.width, gif.height]);
  assert.doesNotMatch(html, /<(script|link|iframe|object|embed|base)\b|\son\w+=|@import|url\(/i);
  const view = new Uint8Array(bytes.byteLength + 7);
  view.set(new Uint8Array(bytes), 7);
  assert.equal(reportHtml({ task: TASK, gif: view.subarray(7) }), html);
});

test("screenshots of stepsFrom are steps of a report", () => {
  const steps = stepsFrom({
    steps: [
      {
        number: 4,
        next_goal: "Look",
        url: "https://a.example/",
        screenshot: "iVBORw0KGgo=",
        finished_at: "2026-05-15T14:40:34.687Z",
      },
    ],
  });
  const html = reportHtml({ steps });
  assert.match(html, /rowheader">4<\/th>/);
  assert.match(html, /<time datetime="2026-05-15T14:40:34\.687Z">14:40:34<\/time>/);
});

test("text is nothing but text, wherever it stands", () => {
  const task = { id: HOSTILE, task: HOSTILE, status: HOSTILE, output: HOSTILE };
  const steps = [{ caption: HOSTILE, url: `https://example.com/${HOSTILE}` }, { url: HOSTILE }];
  const html = reportHtml({
    task,
    steps,
    title: `x${HOSTILE}`,
    links: [{ label: HOSTILE, url: "https://e.example/" }],
  });
  assert.ok(!html.includes("<script") && !html.includes("\u0000"));
  assert.equal(html.match(/&lt;script&gt;/g).length, 9);
  const markdown = reportMarkdown({ task, steps, title: HOSTILE, gif: "a (1) <b>.gif" });
  assert.doesNotMatch(markdown, /(^|[^\\])<(?![^>\s]*>\))/m);
  assert.match(markdown, /\]\(<a%20\(1\)%20%3Cb%3E\.gif>\)/);
});

test("only http and https are links, and passwords are not shown", () => {
  const steps = [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "about:blank",
    " https://u:secret@a.example/x",
  ].map((url) => ({ url }));
  for (const text of [reportHtml({ steps }), reportMarkdown({ steps })]) {
    const targets = [...text.matchAll(/href="([^"]*)"|\]\(<([^>]*)>\)/g)].map(([, a, b]) => a ?? b);
    assert.deepEqual(targets, ["https://a.example/x"]);
    assert.doesNotMatch(text, /secret/);
  }
  assert.doesNotMatch(reportHtml({ links: [{ label: "x", url: "javascript:1" }] }), /javascript/);
});

test("Markdown has the GIF beside it and keeps a row a row", () => {
  const steps = [{ number: 3, caption: "Type a|b\nand *go*", url: "https://a.example/?q=a|b", timestampMs: 0 }];
  assert.equal(
    reportMarkdown({ task: { ...TASK, steps: undefined }, steps, gif: "replay.gif" }),
    `# Order a vase

![Replay: Order a vase](<replay.gif>)

- **Status:** Finished
- **Task ID:** 7f3c
- **Started:** 2026-05-15 14:40:31 UTC
- **Finished:** 2026-05-15 14:43:39 UTC
- **Took:** 3 min 8 s
- **Steps:** 1

- [Shared page](<https://example.com/share/7f3c>)

## Result

> Ordered.
> It comes on Monday.

## Transcript

| Step | Goal | Page | Time (UTC) |
| ---: | --- | --- | --- |
| 3 | Type a\\|b and \\*go\\* | [a.example/?q=a\\|b](<https://a.example/?q=a%7Cb>) | 00:00:00 |
`,
  );
});

test("wrong options name themselves", () => {
  const cases = [
    [{ gif: "replay.gif" }, 'options.gif: expected the bytes of a GIF, found "replay.gif"'],
    [{ gif: new Uint8Array(20) }, "options.gif: expected the bytes of a GIF, found other bytes"],
    [{ steps: {} }, "options.steps: expected an array of steps, found Object"],
    [{ steps: [{ number: -1 }] }, `options.steps[0].number: expected a number from 0 to ${2 ** 53}, found -1`],
    [{ titel: "x" }, "options.titel: there is no such name; did you mean title?"],
  ];
  for (const [options, message] of cases) assert.throws(() => reportHtml(options), { name: "TypeError", message });
  assert.throws(() => reportMarkdown({ gif: new Uint8Array(20) }), {
    message: "options.gif: expected the path of the GIF, found Uint8Array",
  });
});

test("ids and dates can be copied out of the source of a Markdown report", () => {
  const id = "93a1f7c8-4be2-4a0e-9a51-run_2026_05";
  const markdown = reportMarkdown({ task: { ...TASK, id, task: "Look at 2026-05-15, 14:40 (v1.2-rc_3)" } });
  for (const copied of [id, "2026-05-15", "v1.2-rc_3"]) assert.ok(markdown.includes(copied), markdown);
});

test("what would begin a list, a heading or emphasis in Markdown does not", () => {
  for (const [output, written] of [
    ["- no list", "> \\- no list"],
    ["+ no list", "> \\+ no list"],
    ["1. no list", "> 1\\. no list"],
    ["2) no list", "> 2\\) no list"],
    ["a title\n===", "> \\==="],
    ["a title\n---", "> \\---"],
    ["_no emphasis_", "> \\_no emphasis\\_"],
    ["__init__ and snake_case", "> \\_\\_init\\_\\_ and snake_case"],
  ]) {
    const lines = reportMarkdown({ task: { ...TASK, output } }).split("\n");
    assert.ok(
      lines.includes(written),
      `${written} is not in:\n${lines.filter((each) => each.startsWith(">")).join("\n")}`,
    );
  }
});

test("the path of a GIF becomes an address in Markdown, an address stays as it is", () => {
  for (const [gif, target] of [
    ["run #3.gif", "run%20%233.gif"],
    ["100%.gif", "100%25.gif"],
    ["run%20%233.gif", "run%20%233.gif"],
    ["../media/replay.gif?raw=true", "../media/replay.gif?raw=true"],
    ["https://a.example/x.gif#t=1", "https://a.example/x.gif#t=1"],
  ]) {
    assert.ok(reportMarkdown({ task: TASK, gif }).includes(`](<${target}>)`), gif);
  }
});

test("a status has one name and one color, whoever told it", () => {
  const cases = [
    ["finished", "good", "Finished"],
    ["passed", "good", "Finished"],
    ["failed", "bad", "Failed"],
    ["stopped", "warn", "Stopped"],
    ["Paused", "warn", "Paused"],
    ["odd", "neutral", "odd"],
  ];
  for (const [status, mood, name] of cases) {
    assert.match(reportHtml({ task: { status } }), new RegExp(`<p class="status ${mood}">${name}</p>`));
    assert.match(reportMarkdown({ task: { status } }), new RegExp(`\\*\\*Status:\\*\\* ${name}\n`));
  }
});

test("a column without a word is left out", () => {
  const steps = [{ caption: "Open the shop" }, { caption: "Find a vase" }];
  assert.doesNotMatch(reportHtml({ steps }), /Time \(UTC\)/);
  assert.match(reportHtml({ steps: [steps[0], { ...steps[1], timestampMs: 0 }] }), /Time \(UTC\)/);
});

test("steps have stills, as wide as asked for", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0);
  const steps = [{ caption: "Open the shop", still: png.buffer }, { caption: "Find a vase" }];
  const html = reportHtml({ steps, stillWidth: 400 });
  assert.equal(html.match(/<img class="still" src="data:image\/png;base64,iVBORw0KGgoAAAAA"/g)?.length, 1);
  assert.match(html, /style="--still: 400px"/);
  assert.doesNotMatch(reportHtml({ steps: [steps[1]] }), /--still:/);
  assert.throws(
    () => reportHtml({ steps, stillWidth: 10 }),
    /options\.stillWidth: expected a whole number from 60 to 1200/,
  );
  const wrong = [steps[1], { still: new Uint8Array(20) }];
  assert.throws(
    () => reportHtml({ steps: wrong }),
    /options\.steps\[1\]\.still: expected the bytes of a PNG, WebP or JPEG/,
  );
  assert.throws(() => reportHtml({ steps: [{ still: "shot.png" }] }), /options\.steps\[0\]\.still: expected the bytes/);
});
