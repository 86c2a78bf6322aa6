// What is drawn in Node, against the golden pictures.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { CASES } from "./support/cases.mjs";
import { blocked, drawCase, noisy, toText } from "./support/draw.mjs";
import { assertLike, difference, OTHER_ENGINE, SAME_ENGINE } from "./support/goldens.mjs";
import { importCaptions, tools } from "./support/in-node.mjs";

let source;
let drawing;

before(async () => {
  [source, drawing] = [await importCaptions(), await tools()];
});

for (const scene of CASES) {
  test(`as in its golden picture: ${scene.name}`, async () => {
    await assertLike(scene.name, drawCase(source, drawing, scene), SAME_ENGINE);
  });
}

test("the comparison with golden pictures sees another text and another order", async () => {
  const scene = (name) => CASES.find((each) => each.name === name);
  for (const [golden, other, like] of [
    ["latin", { ...scene("latin"), caption: "Open the logon page" }, SAME_ENGINE],
    ["arabic", { ...scene("arabic"), caption: "hebrew" }, OTHER_ENGINE],
    ["two-lines", { ...scene("two-lines"), badge: undefined }, OTHER_ENGINE],
    ["light", { ...scene("light"), theme: "dark" }, OTHER_ENGINE],
  ]) {
    const { mean, most } = await difference(golden, drawCase(source, drawing, other));
    assert.ok(mean > like.mean || most > like.most, `${golden}: ${mean}, ${most}`);
  }
});

test("noise of one in what is read back changes no overlay", () => {
  for (const scene of CASES) {
    const draw = (canvases) => toText(drawCase(source, { ...drawing, canvases }, scene).overlays);
    const plain = draw(drawing.canvases);
    for (const seed of [1, 2]) assert.equal(draw(noisy(drawing.canvases, seed)), plain, scene.name);
  }
});

test("letters have few levels, and emoji few colors", () => {
  const { overlays } = drawCase(
    source,
    drawing,
    CASES.find(({ name }) => name === "emoji"),
  );
  const values = (kind, key) => [
    ...new Set(overlays.filter((each) => each.kind === kind).flatMap((each) => [...each[key]])),
  ];
  assert.deepEqual(
    values("coverage", "coverage").sort((a, b) => a - b),
    [0, 51, 102, 153, 204, 255],
  );
  assert.ok(values("picture", "rgba").every((value) => value % 51 === 0));
});

test("a canvas that cannot be read is found out before anything is drawn", () => {
  assert.throws(
    () => new source.textRenderer.TextRenderer(drawing.family, blocked(drawing.canvases)),
    /cannot be read back/,
  );
});

test("what is drawn stays on the screen and off the page", () => {
  for (const scene of CASES.filter(({ position, title }) => position !== "over" && title === undefined)) {
    const { width, height, overlays } = drawCase(source, drawing, scene);
    for (const overlay of overlays) {
      const { left, top } = overlay;
      const isInside = left >= 0 && left + overlay.width <= width && top + overlay.height <= height;
      assert.ok(isInside && top >= scene.height, `${scene.name}: ${overlay.kind} at ${left}, ${top}`);
    }
  }
});
