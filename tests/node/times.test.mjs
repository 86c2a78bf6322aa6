// How long frames stay: times that were asked for are kept whatever the format holds, and reading takes time only where
// there is something to read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleGif } from "task-gif";
import { GifPlayer, inspectGif } from "task-gif/inspect";
import { png } from "./support/png.mjs";

const [WIDTH, HEIGHT] = [120, 80];
/** A page, with a box on it where a popup is open, and a dot in a corner once it was answered. */
const page = (popup, answered = false) =>
  new Blob([
    png(WIDTH, HEIGHT, (x, y) => {
      const isBox = popup && x >= 30 && x < 70 && y >= 20 && y < 60;
      if (answered && x < 4 && y < 4) return [0, 0, 0];
      return isBox ? [200, 30, 60] : [240, 240, (x * 7 + y * 3) % 200];
    }),
  ]);
const filled = (color) => new Blob([png(WIDTH, HEIGHT, () => color)]);

/** What is shown at a moment: the pixel in the middle of the box. */
async function middleAt(player, ms) {
  const { data } = await player.frame(player.frameAt(ms));
  const at = (40 * WIDTH + 50) * 4;
  return [...data.subarray(at, at + 3)];
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

for (const [what, options] of [
  ["", {}],
  [" with a progress bar", { progressBar: true }],
  [" for old viewers", { compat: true }],
]) {
  test(`a step of 700 s${what} takes several images, stays 700 s, and the next one keeps its time`, async () => {
    const screenshots = [
      { image: page(false), delayMs: 1000 },
      { image: page(true), delayMs: 700_000 },
      { image: page(false, true), delayMs: 2000 },
      { image: filled([10, 20, 30]), delayMs: 3000 },
    ];
    const gif = await assembleGif(screenshots, { lossy: 0, ...options });
    assert.deepEqual(
      gif.frames.map(({ delayMs }) => delayMs),
      [1000, 700_000, 2000, 3000],
    );
    assert.equal(gif.durationMs, 706_000);
    const player = await GifPlayer.open(gif);
    const images = player.info.frames.map(({ playedMs }) => playedMs);
    assert.equal(sum(images), 706_000);
    assert.ok(images.length > gif.frames.length && images.every((ms) => ms >= 20 && ms <= 655_350), String(images));
    if (what === "") assert.ok(player.info.frames.filter(({ disposal }) => disposal === "previous").length > 1);
    // The popup is there from its first moment to its last, although the picture before it comes back behind it.
    for (const ms of [1000, 300_000, 360_000, 700_980])
      assert.deepEqual(await middleAt(player, ms), [200, 30, 60], `${ms}`);
    assert.notDeepEqual(await middleAt(player, 701_010), [200, 30, 60]);
    assert.deepEqual(await middleAt(player, 703_500), [10, 20, 30]);
  });
}

test("a time just over what one image can have is divided, one that just fits is not", async () => {
  for (const [delayMs, images] of [
    [655_350, [655_350, 100]],
    [655_360, [327_680, 327_680, 100]],
    [86_400_000, undefined],
  ]) {
    const gif = await assembleGif([
      { image: page(false), delayMs },
      { image: page(true), delayMs: 100 },
    ]);
    const { frames } = await inspectGif(gif);
    const found = frames.map((frame) => frame.delayMs);
    if (images) assert.deepEqual(found, images);
    assert.equal(sum(found), delayMs + 100);
  }
});

test("the same time for all, longer than an image can have, is not handed to the next", async () => {
  const gif = await assembleGif([page(false), page(true), filled([0, 0, 0])], { delay: 700_000 });
  assert.deepEqual(
    gif.frames.map(({ delayMs }) => delayMs),
    [700_000, 700_000, 700_000],
  );
});

test("the list of steps counts the images of a long step", async () => {
  const screenshots = [
    { image: page(false), delayMs: 700_000, caption: "Wait" },
    { image: page(true), delayMs: 1000, caption: "Open" },
  ];
  const { steps } = await inspectGif(await assembleGif(screenshots, { embedSteps: true }));
  assert.deepEqual(
    steps.map(({ frame }) => frame),
    [0, 2],
  );
});

test("a time of a screenshot that a frame cannot have is refused with the screenshot and the unit", async () => {
  for (const [delayMs, message] of [
    [1.5, "screenshots[1].delayMs: expected milliseconds, at least 20, found 1.5; did you mean 1500?"],
    [0, "screenshots[1].delayMs: expected milliseconds, at least 20, found 0"],
    [-5, "screenshots[1].delayMs: expected a number from 0 to 86400000, found -5"],
    [86_400_001, "screenshots[1].delayMs: expected a number from 0 to 86400000, found 86400001"],
    [Number.NaN, "screenshots[1].delayMs: expected a number from 0 to 86400000, found NaN"],
  ]) {
    const wrong = assembleGif([page(false), { image: page(true), delayMs }]);
    await assert.rejects(wrong, { name: "TypeError", message });
  }
});

test("captions that are not drawn take no time", async () => {
  const words = "Look through the whole list of orders and open the one that was placed on the last Friday";
  const list = (caption) =>
    [page(false), page(true), filled([0, 90, 0])].map((image) => ({ image, ...(caption && { caption }) }));
  const [silent, undrawn, drawn] = [
    await assembleGif(list()),
    await assembleGif(list(words)),
    await assembleGif(list(words), { captions: true }),
  ];
  assert.equal(undrawn.durationMs, silent.durationMs);
  assert.ok(undrawn.frames.every(({ delay }) => !delay.captionMs));
  assert.ok(drawn.frames.every(({ delay }) => delay.captionMs > 1000));
  // What is said of a step is in the list of steps all the same.
  const { steps } = await inspectGif(await assembleGif(list(words), { embedSteps: true }));
  assert.ok(steps.every(({ caption }) => caption === words));
});

test("a size beyond the largest screenshot is a warning that names the option, any other size is none", async () => {
  const screenshots = [page(false), page(true)];
  const warned = async (options) => (await assembleGif(screenshots, options)).stats.warnings;
  for (const [options, name] of [
    [{ width: 300 }, "width"],
    [{ scale: 2 }, "scale"],
    [{ height: 200 }, "height"],
    [{ width: 300, height: 300 }, "width"],
  ]) {
    const warnings = await warned(options);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["NOT_ENLARGED"],
      name,
    );
    assert.match(warnings[0].message, new RegExp(`^options\\.${name} asks for .* the largest screenshot has 120 x 80`));
  }
  for (const options of [
    {},
    { scale: 0.5 },
    { width: 120 },
    { width: 60 },
    { width: 100, height: 300 },
    { title: "A" },
  ]) {
    assert.deepEqual(await warned(options), [], JSON.stringify(options));
  }
});

test("transparent screenshots of any size lie on white, and on the background that was asked for", async () => {
  const small = new Blob([png(60, 40, () => [0, 0, 0])]);
  for (const [options, color] of [
    [{}, [255, 255, 255]],
    [{ background: "#102030" }, [16, 32, 48]],
  ]) {
    const player = await GifPlayer.open(await assembleGif([page(false), small], { delay: 1000, ...options }));
    const { data } = await player.frame(player.frameAt(1500));
    assert.deepEqual([...data.subarray(0, 3)], color);
  }
});
