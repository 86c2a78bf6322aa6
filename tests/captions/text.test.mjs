// How captions are broken into lines and laid out, without a canvas: every character is as wide as half its size.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importCaptions } from "./support/in-node.mjs";

const {
  fitLines: lines,
  layout,
  lineBreak,
  readCanvas: masks,
  roundedBox,
  unicode: text,
  theme,
} = await importCaptions();
const measure = (part, sizePx) => ([...part].length * sizePx) / 2;
const room = { widthPx: 100, lines: 2, sizePx: 10, leastPx: 8 };
const lay = (given, wishes = {}) => lines.fitLines(given, { ...room, ...wishes }, measure);

test("a line ends between words, after joints, and between words of scripts without spaces", () => {
  const cases = {
    "Open the page": ["Open ", "the ", "page"],
    "self-hosted and/or not": ["self-", "hosted ", "and/", "or ", "not"],
    "10/12 -5 3-4": ["10/12 ", "-5 ", "3-4"],
    "12\u00a0px wide": ["12\u00a0px ", "wide"],
    "打开「设置」页，选Google。": ["打开", "「设置」", "页，", "选", "Google。"],
    เปิดหน้าเข้าสู่ระบบ: ["เปิด", "หน้า", "เข้า", "สู่", "ระบบ"],
    "go 👩‍🚀🇩🇪!": ["go ", "👩‍🚀", "🇩🇪!"],
  };
  for (const [given, expected] of Object.entries(cases)) {
    assert.equal(lineBreak.breakable(given).join(""), given);
    assert.deepEqual(lineBreak.breakable(given), expected);
  }
});

test("no line begins with a closing mark or ends with an opening one", () => {
  const given = "在商店里找一把红色的椅子，比较价格（含税）、评价。然后「提交」订单！";
  for (let widthPx = 30; widthPx < 200; widthPx += 5) {
    const { lines: found } = lay(given, { widthPx, lines: 50 });
    assert.equal(found.join(""), given);
    for (const line of found) assert.doesNotMatch(line, /^[，、。！）」]|[（「]$/);
  }
});

test("what is shown is one paragraph without control characters and broken halves", () => {
  assert.equal(text.cleanText("  a\n\tb\u0000\u0007  c\ud800 "), "a b c\ufffd");
  assert.equal(text.cleanText("12\u00a0px"), "12\u00a0px");
  assert.equal(text.cleanText(" \n "), "");
  assert.equal(text.cleanText("👩".repeat(1_000_000)), `${"👩".repeat(2000)}…`);
});

test("a paragraph runs as its first letter does", () => {
  const runs = ["Hello", "مرحبا", "שלום", "3) שלום x", "«Red» كرسي", "…", "ދިވެހި"].map(text.directionOf);
  assert.deepEqual(runs, ["ltr", "rtl", "rtl", "rtl", "ltr", "ltr", "rtl"]);
});

test("the text tells which language's Han characters it has, where it does", () => {
  assert.deepEqual(["ログイン画面", "설정 열기", "打开设置", "Open"].map(text.languageOf), [
    "ja",
    "ko",
    undefined,
    undefined,
  ]);
});

test("lines are as even as their number allows", () => {
  assert.deepEqual(lay("aaaa bbbb cccc dddd eeee").lines, ["aaaa bbbb cccc", "dddd eeee"]);
  assert.deepEqual(lay("one line"), { lines: ["one line"], sizePx: 10, isCut: false });
  assert.deepEqual(lay("").lines, []);
});

test("a text that does not fit gets smaller before it is cut off", () => {
  const smaller = lay("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii");
  assert.deepEqual(smaller, { lines: ["aaaa bbbb cccc dddd eeee", "ffff gggg hhhh iiii"], sizePx: 8, isCut: false });
  const cut = lay("aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj, kkkk llll mmmm");
  assert.deepEqual([cut.sizePx, cut.isCut], [8, true]);
  assert.equal(cut.lines.length, 2);
  assert.match(cut.lines[1], /[a-z]…$/);
});

test("no line is ever wider than its room", () => {
  const given = [
    "Go to https://example.com/a/very/long/address?that=goes&on=and-on#and-on to see it",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦 नमस्ते दुनिया ครับผม 日本語テキスト",
  ];
  for (const each of given) {
    for (let widthPx = 20; widthPx < 300; widthPx += 7) {
      const { lines: found, sizePx } = lay(each, { widthPx });
      assert.ok(found.length <= 2);
      for (const line of found) {
        const isOne = text.graphemes(line).length === 1;
        assert.ok(isOne || measure(line, sizePx) <= widthPx, `${line} in ${widthPx}`);
      }
    }
  }
});

test("no character that a reader sees is taken apart", () => {
  const given = "👩‍👩‍👧‍👦👨‍🚀🇯🇵क्षि";
  const { lines: found } = lay(given, { widthPx: 5, lines: 50 });
  assert.deepEqual(found, text.graphemes(given));
});

test("text stands out from its ground by 7:1 in every theme", () => {
  for (const name of ["light", "dark", "auto"]) {
    for (const position of ["below", "over"]) {
      for (const background of [0, 0xffffff]) {
        const { ground, text: ink, muted } = theme.themeOf(name, background, position);
        assert.ok(theme.contrast(ink, ground) >= 7 && theme.contrast(muted, ground) >= 7, `${name} ${position}`);
      }
    }
  }
  assert.equal(Math.round(theme.contrast(0, 0xffffff)), 21);
});

test("the automatic theme goes with the color around the screenshots", () => {
  const ground = (background) => theme.themeOf("auto", background, "below").ground;
  assert.deepEqual(
    [0, 0x202020, 0xffffff, 0xeeeeee].map(ground),
    ["dark", "dark", "light", "light"].map((name) => theme.themeOf(name, 0, "below").ground),
  );
});

const WISHES = { captions: true, position: "below", maxLines: 2, badge: true, logo: false };

test("text is at least 13 px high when the GIF is shown 600 px wide, and 11 px where it shrinks", () => {
  for (const width of [120, 390, 600, 1280, 1920, 2880]) {
    const barPx = layout.barHeight(width, WISHES);
    const content = { left: 0, top: 0, width, height: 500 };
    const found = layout.layOut({ width, height: 500 + barPx }, content, 3);
    const shown = Math.min(600 / width, 1);
    assert.ok(found.sizePx * shown >= 12.9 && found.leastPx * shown >= 11, `${width}`);
    assert.equal(found.bar.top, 500);
    assert.ok(found.inner.height >= 2 * found.linePx);
    assert.equal(found.inner.top + found.inner.height, 500 + barPx - 3);
  }
});

test("the bar is as high as what is wished for needs", () => {
  const height = (wishes) => layout.barHeight(1280, { ...WISHES, ...wishes });
  assert.equal(height({ position: "over" }), 0);
  assert.equal(height({ captions: false, badge: false }), 0);
  assert.ok(height({ captions: false }) < height({}));
  assert.ok(height({ maxLines: 3 }) > height({}));
});

test("a box with round corners covers what it should", () => {
  const area = (radius) => {
    const parts = roundedBox.roundBox({ left: 3, top: 4, width: 40, height: 20 }, radius, 0);
    return parts.reduce((sum, { kind, width, height, coverage }) => {
      return sum + (kind === "solid" ? width * height : coverage.reduce((all, value) => all + value / 255, 0));
    }, 0);
  };
  assert.equal(area(0), 800);
  assert.ok(Math.abs(area(8) - (800 - (4 - Math.PI) * 64)) < 1);
});

test("rounding goes to the nearest step", () => {
  assert.deepEqual(
    [0, 25, 26, 254, 255].map((value) => masks.roundChannel(value, 5)),
    [0, 0, 51, 255, 255],
  );
  assert.deepEqual(
    [8, 9, 17, 200].map((value) => masks.roundChannel(value, 15)),
    [0, 17, 17, 204],
  );
});
