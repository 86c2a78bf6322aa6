/** A dark editor: tiny changes (a few typed letters, a caret), a search panel, coloured terminal output. */

const origin = "https://ide.workbench.example";

export default {
  id: "1b8e2c77-90d4-4f2c-a7b2-6e1d53c0f2aa",
  task: "Open the invoice project in the web editor, find out why the rounding test fails, fix it and run the tests again.",
  status: "finished",
  output: "The sum was rounded for each line; it is now rounded once at the end. 9 of 9 tests pass.",
  createdAt: "2026-05-12T19:03:22.480Z",
  viewport: { width: 1280, height: 720 },
  colorScheme: "dark",
  origin,
  packages: ["ace-builds@1.45.2", "@fontsource-variable/inter@5.3.0", "@fontsource-variable/jetbrains-mono@5.3.0"],
  async run({ page, step }) {
    const type = (text) => page.keyboard.type(text, { delay: 15 });
    await step(
      "Open the project in the editor",
      async () => {
        await page.goto(`${origin}/`);
        await page.evaluate(() => document.fonts.ready);
      },
      { settleMs: 900 },
    );
    await step("Run the tests", () => page.click("#run"), {
      settleMs: 900,
      evaluation: "Success - one of nine tests fails: rounds the sum of many lines",
    });
    await step("Open the test file", () => page.click("text=total.test.js"));
    await step("Open the file under test", () => page.click("text=total.js >> nth=0"));
    await step("Go to the line that rounds", async () => {
      await page.evaluate(() => {
        editor.gotoLine(15, 0);
        editor.focus();
        editor.selection.selectLineEnd();
      });
    });
    await step("Remove the rounding of each line", () => type("    sum += line.quantity * line.unitPrice;"));
    await step("Go to the return statement", () =>
      page.evaluate(() => {
        editor.gotoLine(17, 0);
        editor.selection.selectLineEnd();
      }),
    );
    await step("Start typing the new return statement", () => type("  return roundCents(su"));
    await step("Finish the return statement", () => type("m * (1 + taxRate));"));
    await step("Save the file", () => page.keyboard.press("Control+s"));
    await step("Run the tests again", () => page.click("#run"), { settleMs: 900 });
  },
};
