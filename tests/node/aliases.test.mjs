// Option names of browser-use's create_history_gif and of gif_creator.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "./support/source.mjs";

const {
  "options/resolve-options": { resolveOptions },
} = await importSource("options/resolve-options");

const logo = new Blob(["a picture"]);

/** Each alias, and the same in the library's own words. */
const SAME = [
  [{ duration: 3000 }, { delay: 3000 }],
  [{ task: "Buy a chair" }, { title: "Buy a chair" }],
  [{ task: "Buy a chair", show_task: true }, { title: "Buy a chair" }],
  [{ task: "Buy a chair", show_task: false }, {}],
  [{ title: "Buy a chair", show_task: true }, { title: "Buy a chair" }],
  [{ show_task: false }, {}],
  [{ show_goals: true }, { captions: { position: "over" } }],
  [{ show_goals: false }, {}],
  [{ show_logo: true, logo }, { logo }],
  [{ show_logo: false, logo }, {}],
  [{ show_logo: false }, {}],
  [{ font_size: 40, title_font_size: 56, goal_font_size: 44, margin: 40, line_spacing: 1.5 }, {}],
  [{ showClickIndicators: true }, { clickMarkers: { clicks: true, paths: false } }],
  [{ showDragPaths: true }, { clickMarkers: { clicks: false, paths: true } }],
  [{ showClickIndicators: true, showDragPaths: true }, { clickMarkers: true }],
  [{ showClickIndicators: false, showDragPaths: false }, {}],
  [{ showActionLabels: true }, { captions: true }],
  [{ showActionLabels: false }, {}],
  [{ showProgressBar: true }, { progressBar: true }],
  [{ showProgressBar: false }, {}],
  [{ showWatermark: true, logo }, { logo }],
  [{ showWatermark: false, logo }, {}],
  [{ quality: 1 }, { lossy: 0 }],
  [{ quality: 10 }, { lossy: 31 }],
  [{ quality: 30 }, { lossy: 100 }],
  [{ duration: undefined, quality: undefined }, {}],
];

test("every alias means what the table says", () => {
  for (const [alias, own] of SAME) {
    assert.deepEqual(resolveOptions(alias), resolveOptions(own), JSON.stringify(alias));
  }
});

/** What cannot be meant, and the text of the error. */
const WRONG = [
  [{ duration: "3 s" }, 'options.duration: expected a number from 0 to 86400000, found "3 s"'],
  [{ duration: 2 }, "options.duration: expected milliseconds, at least 20, found 2; did you mean 2000?"],
  [
    { duration: 100, delay: 200 },
    "options.duration: expected nothing beside options.delay, which means the same, found 100",
  ],
  [{ task: "a", title: "b" }, 'options.task: expected nothing beside options.title, which means the same, found "a"'],
  [{ task: "" }, 'options.task: expected a text that is not empty, found ""'],
  [{ show_task: true }, "options.show_task: expected title or task beside it, found none"],
  [{ show_task: "yes", task: "a" }, 'options.show_task: expected true or false, found "yes"'],
  [
    { show_goals: true, captions: true },
    "options.show_goals: expected nothing beside options.captions, which means the same, found true",
  ],
  [
    { show_goals: true, showActionLabels: true },
    "options.showActionLabels: expected nothing beside options.show_goals, which means the same, found true",
  ],
  [{ show_logo: true }, "options.show_logo: expected logo beside it, found none"],
  [
    { show_logo: true, showWatermark: false, logo },
    "options.showWatermark: expected the same as options.show_logo, which means the same, found false",
  ],
  [{ font_size: "large" }, 'options.font_size: expected a number from 0 to 1000000, found "large"'],
  [
    { showDragPaths: true, clickMarkers: true },
    "options.showDragPaths: expected nothing beside options.clickMarkers, which means the same, found true",
  ],
  [{ showClickIndicators: 1 }, "options.showClickIndicators: expected true or false, found 1"],
  [{ quality: 31 }, "options.quality: expected a number from 1 to 30, found 31"],
  [{ quality: 9, lossy: 9 }, "options.quality: expected nothing beside options.lossy, which means the same, found 9"],
  [{ output_path: "a.gif" }, /^options\.output_path: the GIF is returned as gif\.blob; .*task-gif make -o$/],
  [{ filename: "a.gif" }, /^options\.filename: the GIF is returned as gif\.blob/],
  [{ download: true }, /^options\.download: .*gif\.toUrl\(\)/],
  [{ show_gaols: true }, "options.show_gaols: there is no such name; did you mean show_goals?"],
];

test("what is said twice, or cannot be had, is a TypeError that says what to do", () => {
  for (const [options, message] of WRONG) {
    assert.throws(() => resolveOptions(options), { name: "TypeError", message }, JSON.stringify(options));
  }
});
