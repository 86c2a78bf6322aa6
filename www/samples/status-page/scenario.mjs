/** A task that ended after its first screenshot: too few for a GIF, which the dashboard has to say well. */

const origin = "https://intranet.hillside.example";

export default {
  id: "0d9a7b3e-52c4-47f1-8e6b-f1a0c4d2b837",
  task: "Book the large meeting room for Thursday afternoon on the Hillside intranet.",
  status: "failed",
  output: "The intranet was down for maintenance.",
  createdAt: "2026-05-04T16:55:10.220Z",
  viewport: { width: 1280, height: 720 },
  origin,
  packages: ["@fontsource-variable/inter@5.3.0"],
  async run({ page, step }) {
    await step("Open the room booking page", () => page.goto(`${origin}/rooms`), {
      evaluation: "Failed - the site answers with a maintenance page",
    });
  },
};
