/** An API reference with a form, recorded as JPEG: every screenshot carries its own block noise. */

const origin = "https://developers.bikeport.example";

const booking = {
  id: "bk_7Q2M",
  station: "north-quay",
  bike: "cargo",
  starts_at: "2026-05-09T10:30:00Z",
  minutes: 90,
  price: { amount: 840, currency: "EUR" },
  unlock_code: "4471",
};

export default {
  id: "e5d4c3b2-6a18-4d3e-9b0f-2c7f8a915d60",
  task: "Use the API reference of Bikeport to book a cargo bike at North Quay and check that the answer is 201.",
  status: "finished",
  output: "The booking bk_7Q2M was created, the answer was 201.",
  createdAt: "2026-05-09T09:21:47.900Z",
  viewport: { width: 1280, height: 960 },
  format: "jpeg",
  quality: 82,
  origin,
  packages: ["swagger-ui-dist@5.35.0"],
  async routes(url, request) {
    if (url.origin !== "https://api.bikeport.example") return null;
    const headers = {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
      "access-control-allow-methods": "*",
    };
    if (request.method() === "OPTIONS") return { status: 204, headers };
    const signedIn = request.headers().authorization !== undefined;
    return signedIn
      ? {
          status: 201,
          headers: { ...headers, location: "/bookings/bk_7Q2M" },
          contentType: "application/json",
          body: JSON.stringify(booking),
        }
      : { status: 401, headers, contentType: "application/json", body: JSON.stringify({ detail: "no key was sent" }) };
  },
  async run({ page, step }) {
    const operation = page.locator(".opblock", { hasText: "Book a bike" });
    const bring = (selector) =>
      operation
        .locator(selector)
        .first()
        .evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 220));
    await step(
      "Open the API reference",
      async () => {
        await page.goto(`${origin}/`);
        await page.waitForSelector(".opblock");
      },
      { settleMs: 1200 },
    );
    await step("Open the operation that books a bike", () => operation.locator(".opblock-summary").click(), {
      settleMs: 800,
    });
    await step("Switch the operation to trying it out", async () => {
      await operation.locator(".try-out__btn").click();
      await operation.scrollIntoViewIfNeeded();
    });
    await step("Write the request body", () =>
      operation
        .locator("textarea")
        .fill(
          JSON.stringify(
            { station: "north-quay", bike: "cargo", starts_at: "2026-05-09T10:30:00Z", minutes: 90 },
            null,
            2,
          ),
        ),
    );
    await step(
      "Send the request",
      async () => {
        await operation.locator(".execute").click();
        await operation.locator(".live-responses-table").waitFor();
        await bring(".live-responses-table");
      },
      { evaluation: "Failed - the answer is 401, no key was sent", settleMs: 700 },
    );
    await step("Open the dialog for the key", async () => {
      await page.evaluate(() => scrollTo(0, 0));
      await page.click(".btn.authorize");
    });
    await step("Type the key and confirm it", async () => {
      await page.fill(".modal-ux input", "demo-key-71c2");
      await page.click(".modal-ux .authorize");
    });
    await step("Close the dialog", () => page.click(".modal-ux .btn-done"));
    await step(
      "Send the request again and read the answer",
      async () => {
        await operation.locator(".execute").click();
        await operation.locator("text=bk_7Q2M").first().waitFor();
        await bring(".live-responses-table");
      },
      { settleMs: 800 },
    );
  },
};
