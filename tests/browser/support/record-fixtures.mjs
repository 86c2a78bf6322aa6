// Records the small screenshots in tests/fixtures/screens from a page of our own:
//
//   node tests/browser/support/record-fixtures.mjs
//
// "shop" is a short task in PNG, with a menu that opens and closes, typing and a duplicate. "mixed" is JPEG, WebP and
// PNG in several sizes, the largest not the first.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./browsers.mjs";

const FOLDER = fileURLToPath(new URL("../../fixtures/screens", import.meta.url));

const PAGE = `<!doctype html><meta charset="utf-8"><title>Shop</title><style>
  body { margin: 0; font: 15px sans-serif; background: #f4f5f7; color: #1c2430 }
  header { display: flex; gap: 12px; padding: 10px 14px; background: linear-gradient(90deg, #23406e, #3f7cac); color: #fff }
  header b { flex: 1 } input { border: 1px solid #b9c2cf; border-radius: 4px; padding: 3px 8px; width: 150px }
  ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: 10px; padding: 14px; margin: 0; list-style: none }
  li { background: #fff; border: 1px solid #dde1e7; border-radius: 6px; padding: 10px; height: 70px }
  li i { display: block; height: 26px; border-radius: 3px; margin-bottom: 8px }
  nav { display: none; position: absolute; right: 14px; top: 40px; background: #fff; border: 1px solid #99a; padding: 8px }
  nav.open { display: block } li.chosen { outline: 3px solid #e0662f }
</style><header><b>Corner shop</b><input placeholder="Search"><span>Menu</span></header>
<nav>Orders<br>Addresses<br>Sign out</nav><ul></ul><script type="module">
  const names = ["Teapot", "Kettle", "Mug", "Tray", "Bowl", "Jug", "Plate", "Spoon", "Whisk"];
  document.querySelector("ul").innerHTML = names.map((name, i) =>
    '<li><i style="background:conic-gradient(hsl(' + i * 40 + ' 60% 60%), hsl(' + (i * 40 + 70) + ' 70% 40%))"></i>' + name).join("");
</script>`;

const browser = await launchChromium();
const page = await browser.newPage();
await page.setContent(PAGE);
const session = await page.context().newCDPSession(page);

async function record(name, steps) {
  const folder = join(FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [i, { width = 420, height = 260, format = "png", act }] of steps.entries()) {
    await page.setViewportSize({ width, height });
    if (act) await page.evaluate(act);
    const quality = format === "png" ? {} : { quality: 85 };
    const { data } = await session.send("Page.captureScreenshot", { format, ...quality });
    writeFileSync(join(folder, `${String(i).padStart(2, "0")}.${format}`), Buffer.from(data, "base64"));
  }
}

const type = (text) => `document.querySelector("input").value = ${JSON.stringify(text)}`;
const menu = (isOpen) => `document.querySelector("nav").classList.toggle("open", ${isOpen})`;
const choose = (n) => `document.querySelectorAll("li").forEach((li, i) => li.classList.toggle("chosen", i === ${n}))`;

await record("shop", [
  {},
  { act: menu(true) },
  { act: menu(false) },
  { act: type("ke") },
  { act: type("kettle") },
  {},
  { act: choose(1) },
  { act: "scrollTo(0, 60)" },
]);
await page.setContent(PAGE);
await record("mixed", [
  { format: "jpeg" },
  { format: "webp", act: type("mug") },
  { format: "png", act: choose(2) },
  { format: "png", width: 460, height: 220 },
  { format: "jpeg", act: menu(true) },
  { format: "webp", width: 320, height: 280 },
  { format: "png", act: menu(false) },
]);
await browser.close();
