// Marks on the picture, compared with golden pictures. BLESS=1 writes those anew; look at them before you commit them.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "task-gif";
import { GifPlayer } from "task-gif/inspect";
import { png, readPng } from "./support/png.mjs";

const GOLDENS = fileURLToPath(new URL("../fixtures/goldens/marks", import.meta.url));
const OPTIONS = { lossy: 0, minFrames: 1, clickMarkers: true };

/** A page with a header, a button and lines of text; dark, or wider than 640 pixels, on request. */
function page({ dark = false, width = 640 } = {}) {
  const unit = width / 160;
  const [ground, ink, accent] = dark
    ? [
        [24, 26, 32],
        [210, 214, 222],
        [70, 120, 240],
      ]
    : [
        [250, 250, 248],
        [40, 44, 52],
        [30, 100, 220],
      ];
  return png(width, (width * 5) / 8, (px, py) => {
    const [x, y] = [px / unit, py / unit];
    if (y < 10) return accent;
    if (x >= 100 && x < 140 && y >= 60 && y < 72) return accent;
    const isText =
      x > 8 && x < 90 && y > 16 && y < 90 && y % 8 < 3 && Math.floor(x * 3 + Math.floor(y / 8) * 7) % 5 > 1;
    return isText ? ink : ground;
  });
}

const CASES = {
  ring: [{ image: page(), click: { left: 480, top: 264 } }],
  "ring-dark": [{ image: page({ dark: true }), click: { left: 120, top: 140 } }],
  "ring-at-the-edge": [{ image: page(), click: { left: 4, top: 396 } }],
  element: [{ image: page(), element: { left: 400, top: 240, width: 160, height: 48 } }],
  path: [
    {
      image: page(),
      drag: [
        { left: 80, top: 330 },
        { left: 300, top: 340 },
        { left: 470, top: 270 },
      ],
    },
  ],
  "path-and-click": [
    {
      image: page({ dark: true }),
      click: { left: 80, top: 200 },
      drag: [
        { left: 80, top: 200 },
        { left: 520, top: 100 },
      ],
    },
  ],
  // The marks of a screenshot of twice the size go where its pixels go, and are as large as on any other screen.
  scaled: [{ image: page({ width: 1280 }), click: { left: 960, top: 528 } }, { scale: 0.5 }],
  color: [{ image: page(), click: { left: 480, top: 264 } }, { clickMarkers: { color: "#0a0" } }],
};

/** The picture that a GIF shows at `ms`. */
async function shownAt(gif, ms) {
  const player = await GifPlayer.open(gif);
  try {
    const { width, height, data } = await player.frame(player.frameAt(ms));
    return { width, height, pixels: Buffer.from(data.filter((_, i) => i % 4 < 3)) };
  } finally {
    player.close();
  }
}

function compare(name, { width, height, pixels }) {
  const path = join(GOLDENS, `${name}.png`);
  if (process.env.BLESS) {
    mkdirSync(GOLDENS, { recursive: true });
    writeFileSync(
      path,
      png(width, height, (x, y) => pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)),
    );
  }
  const golden = readPng(readFileSync(path));
  assert.deepEqual([width, height], [golden.width, golden.height]);
  const differing = pixels.reduce((count, value, i) => count + (value === golden.pixels[i] ? 0 : 1), 0);
  assert.equal(differing, 0, `${differing} samples differ from ${path}`);
}

for (const [name, [screenshot, options]] of Object.entries(CASES)) {
  test(`marks: ${name}`, async () => {
    compare(name, await shownAt(await assembleGif([screenshot], { ...OPTIONS, ...options }), 0));
  });
}

test("marks: progress-bar", async () => {
  const gif = await assembleGif([page(), page({ dark: true })], { lossy: 0, delay: 2000, progressBar: true });
  compare("progress-bar", await shownAt(gif, 2500));
  const end = await shownAt(gif, 3990);
  const last = end.pixels.subarray(-3);
  assert.deepEqual([...last], [0x4a, 0xa3, 0xff], "full at the end");
  assert.equal(gif.durationMs, 4000);
  assert.deepEqual(
    gif.frames.map(({ startMs, delayMs }) => [startMs, delayMs]),
    [
      [0, 2000],
      [2000, 2000],
    ],
  );
});

test("what is not wanted is not marked", async () => {
  const bytes = async (options) => {
    const all = {
      image: page(),
      click: { left: 9, top: 9 },
      drag: [
        { left: 9, top: 9 },
        { left: 99, top: 99 },
      ],
    };
    return Buffer.from(await (await assembleGif([all], { ...OPTIONS, ...options })).blob.arrayBuffer());
  };
  const plain = Buffer.from(await (await assembleGif([page()], OPTIONS)).blob.arrayBuffer());
  assert.ok((await bytes({ clickMarkers: false })).equals(plain));
  const [both, clicks, paths] = await Promise.all(
    [true, { paths: false }, { clicks: false }].map((clickMarkers) => bytes({ clickMarkers })),
  );
  for (const [a, b] of [
    [both, clicks],
    [both, paths],
    [clicks, paths],
    [clicks, plain],
  ])
    assert.ok(!a.equals(b));
});

test("wrong points and boxes are TypeErrors with their path", async () => {
  const image = page();
  const cases = [
    [
      { image, click: [1, 2] },
      "screenshots[0].click.left: expected a number from -1000000 to 1000000, found undefined",
    ],
    [{ image, click: { left: 1, top: "2" } }, /^screenshots\[0\]\.click\.top: .* found "2"$/],
    [{ image, element: { left: 1, top: 2, width: 3 } }, /^screenshots\[0\]\.element\.height: expected a number/],
    [
      { image, drag: [{ left: 1, top: 2 }] },
      "screenshots[0].drag: expected an array of two points or more, found Array",
    ],
    [{ image, drag: [{ left: 1, top: 2 }, 5] }, /^screenshots\[0\]\.drag\[1\]\.left: expected a number/],
  ];
  for (const [screenshot, message] of cases) {
    await assert.rejects(assembleGif([screenshot]), { name: "TypeError", message });
  }
});
