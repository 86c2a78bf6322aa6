/** An admin console: sign-in with a first mistake, charts, a table with a filter, a dialog over a backdrop. */

const origin = "https://console.tidewater.example";

export default {
  id: "7f0c1f5e-3c0b-4c83-9d5a-5b1f7a2e9c41",
  task: "Sign in to the Tidewater console, find the shipment that runs late to Rotterdam and flag it for review.",
  status: "finished",
  output: "Shipment TW-48213 (Ceramic tiles, 2 days late to Rotterdam) is flagged for review.",
  createdAt: "2026-05-18T08:12:04.310Z",
  viewport: { width: 1280, height: 720 },
  origin,
  packages: [
    "@tabler/core@1.6.1",
    "@tabler/icons-webfont@3.49.0",
    "apexcharts@3.37.1",
    "@fontsource-variable/inter@5.3.0",
  ],
  async run({ page, step }) {
    await step("Open a browser tab", () => page.goto("about:blank"));
    await step("Go to the console's sign-in page", () => page.goto(`${origin}/sign-in`));
    await step("Type the e-mail address", () => page.fill("#email", "maya.lindqvist@tidewater.example"));
    await step(
      "Type the password and sign in",
      async () => {
        await page.fill("#password", "harbour-2025");
        await page.click("#submit");
      },
      { evaluation: "Failed - the page says that the password is wrong" },
    );
    await step(
      "Type the password from the vault and try again",
      async () => {
        await page.fill("#password", "harbour-2026");
        await page.click("#submit");
        await page.waitForURL("**/overview");
      },
      { settleMs: 900 },
    );
    await step("Read the value of the peak in the volume chart", () => page.mouse.move(640, 420));
    await step("Open the list of shipments", async () => {
      await page.click("text=Shipments");
      await page.waitForURL("**/shipments");
    });
    await step("Filter the list by the port of Rotterdam", () => page.fill("#search", "Rotterdam"));
    await step("Show late shipments only", () => page.click("label:has-text('Late')"));
    await step("Open the late shipment TW-48213", () => page.click("text=TW-48213"), { settleMs: 700 });
    await step("Write the reason for the review", () =>
      page.fill("#reason", "Two days late at Rotterdam, customs hold since Friday."),
    );
    await step("Flag the shipment", () => page.click("#flag"), { settleMs: 700 });
  },
};
