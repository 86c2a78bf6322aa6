// cucumber-js: messages, the HTML report and the JSON report of a scenario whose last step fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const FEATURE = `Feature: Stall
  Scenario: Orders an apple
    Given the stall is open
    When I type the fruit
    And I add it
    Then I check out
`;
const STEPS = `import { readFileSync } from "node:fs";
import { Given, Then, When } from "@cucumber/cucumber";
const keep = (world, state) => world.attach(readFileSync(\`shots/\${state}.png\`), "image/png");
Given("the stall is open", async function () { await keep(this, 0); });
When("I type the fruit", async function () { await keep(this, 1); });
When("I add it", async function () { await keep(this, 2); });
Then("I check out", async function () { await keep(this, 3); throw new Error("no thanks"); });
`;
const CAPTIONS = [/^Given the stall is open$/, /^When I type the fruit$/, /^And I add it$/, /^Then I check out$/];

export const cucumber = {
  version: "12.2.0",
  make(folder, version) {
    installNpm(folder, [`@cucumber/cucumber@${version}`]);
    makeScreenshots(folder);
    mkdirSync(join(folder, "features"));
    writeFileSync(join(folder, "features/stall.feature"), FEATURE);
    writeFileSync(join(folder, "features/steps.mjs"), STEPS);
    const formats = ["message:messages.ndjson", "html:report.html", "json:report.json"];
    const args = formats.flatMap((format) => ["--format", format]);
    const cli = "node_modules/@cucumber/cucumber/bin/cucumber.js";
    const log = runTool(process.execPath, [cli, "--import", "features/steps.mjs", ...args], folder);
    const run = { states: "0123", captions: CAPTIONS, failedAt: 3 };
    return { log, records: ["messages.ndjson", "report.html", "report.json"].map((path) => ({ ...run, path })) };
  },
};
