import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "./support/source.mjs";

const {
  "options/resolve-options": { resolveOptions },
  "assembly/sessions/memory-budget": { workersFor },
  "assembly/wasm-options": { wasmOptionsFor },
} = await importSource("options/resolve-options", "assembly/sessions/memory-budget", "assembly/wasm-options");

test("every option has its default", () => {
  const { limits, ...rest } = resolveOptions();
  assert.equal(limits.frames, 2000);
  assert.deepEqual(rest, {
    delay: "readable",
    maxDuration: undefined,
    speed: 1,
    repeat: 0,
    width: undefined,
    height: undefined,
    scale: 1,
    camera: "whole",
    background: 0xffffff,
    fit: "contain",
    effort: "balanced",
    lossy: undefined,
    maxColors: 256,
    dither: "auto",
    colors: "auto",
    title: undefined,
    captions: undefined,
    stepNumbers: false,
    progressBar: false,
    clickMarkers: undefined,
    logo: undefined,
    embedSteps: false,
    steps: undefined,
    onlyFailed: false,
    keepDuplicates: false,
    skipBlank: true,
    compat: false,
    onBadFrame: "error",
    minFrames: 2,
    maxBytes: undefined,
    workers: undefined,
    signal: undefined,
    onProgress: undefined,
  });
  assert.deepEqual(resolveOptions({}), resolveOptions());
  assert.deepEqual(resolveOptions({ delay: undefined, limits: undefined }), resolveOptions());
});

test("settings are only what wasm needs, and can be posted", () => {
  const options = { signal: new AbortController().signal, onProgress: () => {}, workers: 2, lossy: 5 };
  const settings = wasmOptionsFor(resolveOptions(options), { width: 10, height: 20 }, 2);
  assert.deepEqual(structuredClone(settings), settings);
  assert.deepEqual(Object.keys(settings).sort(), [
    "background",
    "budgetBytes",
    "camera",
    "colors",
    "compat",
    "content",
    "delay",
    "dither",
    "effort",
    "embedSteps",
    "fit",
    "height",
    "keepDuplicates",
    "limits",
    "lossy",
    "maxColors",
    "maxDuration",
    "minFrames",
    "repeat",
    "retain",
    "speed",
    "width",
  ]);
});

test("values reach the settings", () => {
  const settings = resolveOptions({
    delay: 80,
    repeat: 3,
    background: "#fA0",
    lossy: 20.4,
    effort: "smallest",
    limits: { frames: 7 },
  });
  assert.deepEqual([settings.delay, settings.repeat, settings.background], [80, 3, 0xffaa00]);
  assert.deepEqual(
    [settings.lossy, settings.effort, settings.limits.frames, settings.limits.sidePx],
    [20, "smallest", 7, 16384],
  );
  assert.equal(resolveOptions({ repeat: "infinite" }).repeat, 0);
  assert.equal(resolveOptions({ background: "#102030" }).background, 0x102030);
  assert.equal(resolveOptions({ background: 0x102030 }).background, 0x102030);
});

test("true means captions and marks as they are by default, false none", () => {
  const { captions, clickMarkers } = resolveOptions({ captions: true, clickMarkers: true });
  const unset = { text: undefined, fontFamily: undefined };
  assert.deepEqual(captions, { position: "below", theme: "auto", maxLines: 2, required: false, ...unset });
  assert.deepEqual(clickMarkers, { clicks: true, paths: true, color: 0xff3b6b });
  assert.deepEqual(
    resolveOptions({ captions: {}, clickMarkers: {} }),
    resolveOptions({ captions: true, clickMarkers: true }),
  );
  const none = { captions: false, clickMarkers: false };
  assert.deepEqual(resolveOptions(none), resolveOptions());
  assert.deepEqual(resolveOptions({ clickMarkers: { clicks: false, paths: false } }), resolveOptions());
  const text = () => "told";
  assert.deepEqual(
    resolveOptions({
      captions: { position: "over", theme: "light", text, fontFamily: "serif", maxLines: 3, required: true },
    }).captions,
    { position: "over", theme: "light", maxLines: 3, required: true, text, fontFamily: "serif" },
  );
  assert.equal(resolveOptions({ clickMarkers: { color: "#00f" } }).clickMarkers.color, 0xff);
});

test("who asks for certain steps may get one", () => {
  assert.deepEqual(resolveOptions({ steps: [3, 4] }).steps, new Set([3, 4]));
  assert.equal(resolveOptions({ steps: [3] }).minFrames, 1);
  assert.equal(resolveOptions({ onlyFailed: true }).minFrames, 1);
  assert.equal(resolveOptions({ onlyFailed: false }).minFrames, 2);
  assert.equal(resolveOptions({ steps: [3], minFrames: 2 }).minFrames, 2);
});

test("a wrong value is a TypeError that names the option, what was expected and what was found", () => {
  const cases = [
    [{ delay: "slow" }, 'options.delay: expected "readable" or milliseconds, found "slow"'],
    [{ delay: 1.5 }, "options.delay: expected milliseconds, at least 20, found 1.5; did you mean 1500?"],
    [{ delay: 0 }, "options.delay: expected milliseconds, at least 20, found 0"],
    [{ delay: 19.9 }, "options.delay: expected milliseconds, at least 20, found 19.9"],
    [{ delay: 86_400_001 }, "options.delay: expected a number from 0 to 86400000, found 86400001"],
    [{ delay: -1 }, "options.delay: expected a number from 0 to 86400000, found -1"],
    [{ delay: Number.NaN }, "options.delay: expected a number from 0 to 86400000, found NaN"],
    [{ repeat: 0 }, "options.repeat: expected a whole number from 1 to 65535, found 0"],
    [{ repeat: "twice" }, 'options.repeat: expected "infinite" or a number of plays, found "twice"'],
    [{ width: 0 }, "options.width: expected a whole number from 1 to 65535, found 0"],
    [{ height: 1.5 }, "options.height: expected a whole number from 1 to 65535, found 1.5"],
    [{ scale: "half" }, 'options.scale: expected a number from 0.01 to 16, found "half"'],
    [{ scale: 0.5, width: 9 }, "options.scale: expected nothing beside width or height, found 0.5"],
    [{ scale: 2, fit: "none" }, 'options.scale: expected nothing beside fit: "none", which never scales, found 2'],
    [{ background: "white" }, 'options.background: expected a color like "#fff" or "#ffffff", found "white"'],
    [{ fit: "cover" }, 'options.fit: expected "contain" or "none", found "cover"'],
    [{ effort: 9 }, 'options.effort: expected "fast" or "balanced" or "smallest", found 9'],
    [{ lossy: 101 }, "options.lossy: expected a number from 0 to 100, found 101"],
    [{ maxBytes: 0 }, "options.maxBytes: expected a whole number from 1 to 9007199254740991, found 0"],
    [{ maxColors: 1 }, "options.maxColors: expected a whole number from 2 to 256, found 1"],
    [{ title: "  " }, 'options.title: expected a text that is not empty, found "  "'],
    [{ captions: "yes" }, 'options.captions: expected an object, found "yes"'],
    [{ captions: { position: "top" } }, 'options.captions.position: expected "below" or "over", found "top"'],
    [{ captions: { size: 9 } }, /^options\.captions\.size: there is no such name; expected one of position, theme, /],
    [{ captions: { maxLines: 0 } }, "options.captions.maxLines: expected a whole number from 1 to 12, found 0"],
    [{ captions: { text: "a" } }, 'options.captions.text: expected a function, found "a"'],
    [{ clickMarkers: { color: "red" } }, /^options\.clickMarkers\.color: expected a color like "#fff"/],
    [{ clickMarkers: { clicks: 1 } }, "options.clickMarkers.clicks: expected true or false, found 1"],
    [{ logo: 5 }, "options.logo: expected a Blob, bytes, a URL, an image or a canvas, found 5"],
    [{ progressBar: 4 }, "options.progressBar: expected true or false, found 4"],
    [{ steps: [] }, "options.steps: expected an array of step numbers, as in [3, 4], found Array"],
    [{ steps: [1, "2"] }, /^options\.steps\[1\]: expected a whole number from 0 to .* found "2"$/],
    [{ keepDuplicates: 1 }, "options.keepDuplicates: expected true or false, found 1"],
    [{ onBadFrame: "ignore" }, 'options.onBadFrame: expected "error" or "skip", found "ignore"'],
    [{ workers: 0 }, "options.workers: expected a whole number from 1 to 32, found 0"],
    [{ minFrames: 0 }, "options.minFrames: expected a whole number from 1 to 1000000, found 0"],
    [{ limits: { frames: "many" } }, /^options\.limits\.frames: expected a whole number .* found "many"$/],
    [{ limits: { frame: 1 } }, "options.limits.frame: there is no such name; did you mean frames?"],
    [{ limits: 5 }, "options.limits: expected an object, found 5"],
    [{ signal: null }, "options.signal: expected an AbortSignal, found null"],
    [{ signal: {} }, "options.signal: expected an AbortSignal, found Object"],
    [{ onProgress: true }, "options.onProgress: expected a function, found true"],
    [{ efort: "fast" }, "options.efort: there is no such name; did you mean effort?"],
    [{ maxbytes: 5 }, "options.maxbytes: there is no such name; did you mean maxBytes?"],
    [{ captions: { postion: "over" } }, "options.captions.postion: there is no such name; did you mean position?"],
    [{ show_gaols: true }, "options.show_gaols: there is no such name; did you mean show_goals?"],
    [{ fps: 5 }, /^options\.fps: there is no such name; expected one of delay, maxDuration, speed, repeat, /],
    [7, "options: expected an object, found 7"],
    [null, "options: expected an object, found null"],
    [[], "options: expected an object, found Array"],
  ];
  for (const [options, message] of cases) {
    assert.throws(() => resolveOptions(options), { name: "TypeError", message }, JSON.stringify(options));
  }
});

test("the screen keeps the shape of the screenshots unless both sides are given", () => {
  const screen = (options) => {
    const { width, height, content } = wasmOptionsFor(resolveOptions(options), { width: 1280, height: 720 }, 2);
    assert.deepEqual(content, { left: 0, top: 0, width, height });
    return [width, height];
  };
  assert.deepEqual(screen({}), [1280, 720]);
  assert.deepEqual(screen({ scale: 0.5 }), [640, 360]);
  assert.deepEqual(screen({ width: 100 }), [100, 56]);
  assert.deepEqual(screen({ height: 100 }), [178, 100]);
  assert.deepEqual(screen({ width: 10, height: 20 }), [10, 20]);
  assert.deepEqual(screen({ scale: 0.01 }), [13, 7]);
});

test("a progress bar is a strip over the whole width at the bottom", () => {
  const settings = (options) =>
    wasmOptionsFor(resolveOptions({ progressBar: true, ...options }), { width: 1280, height: 720 }, 1);
  const bar = { left: 0, top: 720, width: 1280, height: 5, color: 0x4aa3ff, track: 0x343a44 };
  const below = settings({});
  assert.deepEqual([below.progress, below.height, below.content.height], [bar, 725, 720]);
  const over = settings({ captions: { position: "over" } });
  assert.deepEqual([over.progress, over.height, over.content.height], [{ ...bar, top: 715 }, 720, 720]);
  const low = settings({ width: 100, height: 3 });
  assert.deepEqual(low.progress, { ...bar, top: 1, width: 100, height: 2 });
  assert.equal(low.content.height, 2);
  assert.equal(settings({ width: 100, height: 1 }).progress, undefined);
});

test("what sessions may hold grows with the screen, leaves room for their work, and is shared", () => {
  const held = (width, height, sessions) =>
    Math.round((wasmOptionsFor(resolveOptions(), { width, height }, sessions).budgetBytes * sessions) / 2 ** 20);
  assert.equal(held(100, 100, 2), 96);
  assert.equal(held(1280, 720, 2), 96);
  assert.equal(held(1920, 1080, 1), Math.round((24 * 4 * 1920 * 1080) / 2 ** 20));
  assert.equal(held(1920, 1080, 2), Math.round(256 - (2 * 32 * 1920 * 1080) / 2 ** 20));
  assert.equal(held(9000, 9000, 4), 24);
});

test("large screens get fewer sessions, but two where there are two", () => {
  assert.equal(workersFor({ width: 1280, height: 720 }, 8), 8);
  assert.equal(workersFor({ width: 1920, height: 1080 }, 8), 3);
  assert.equal(workersFor({ width: 2880, height: 1800 }, 8), 2);
  assert.equal(workersFor({ width: 9000, height: 9000 }, 1), 1);
});
