/** A shop with product photos, recorded as WebP: smooth gradients, a gallery, a drawer over a backdrop. */

const origin = "https://kiln-and-clay.example";

export default {
  id: "93a1f7c8-4be2-4d06-8c15-7d2e60b9a4f3",
  task: "Find a blue vase for less than 60 euros in the Kiln & Clay shop and put two of them into the basket. Do not pay.",
  status: "stopped",
  output: 'Two vases "Fjord" are in the basket, 98.00 euros with shipping. Stopped before payment, as asked.',
  createdAt: "2026-05-07T11:30:15.640Z",
  viewport: { width: 1280, height: 800 },
  format: "webp",
  quality: 90,
  origin,
  packages: ["three@0.187.0", "@fontsource-variable/fraunces@5.3.0", "@fontsource-variable/nunito-sans@5.3.0"],
  async run({ page, step }) {
    const ready = () =>
      page.waitForFunction(() => document.body.dataset.photos === "ready", null, { timeout: 120_000 });
    await step(
      "Open the shop",
      async () => {
        await page.goto(`${origin}/`);
        await ready();
        await page.evaluate(() => document.fonts.ready);
      },
      { settleMs: 900 },
    );
    await step("Scroll to the products", () =>
      page.locator("#products").evaluate((element) => scrollTo(0, element.offsetTop - 90)),
    );
    await step("Show vases only", () => page.click("button:has-text('Vases')"));
    await step("Choose the colour blue", () => page.click("[aria-label='Blue']"));
    await step("Open the vase Fjord for 44 euros", () => page.click("text=Fjord"), { settleMs: 700 });
    await step("Look at the second photo", () => page.click(".thumbs button:nth-child(2)"));
    await step("Set the quantity to two", () => page.click("[aria-label='One more']"));
    await step("Put both into the basket", () => page.click("text=Add to basket"), { settleMs: 800 });
    await step("Go to the checkout", () => page.click("text=Check out"), { settleMs: 700 });
    await step("Fill in the delivery address", async () => {
      await page.fill("#name", "Jonas Weber");
      await page.fill("#street", "Lindenallee 12");
      await page.fill("#city", "Leipzig");
    });
  },
};
