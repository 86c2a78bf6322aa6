// Behave: the JSON report of a scenario whose last step fails.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPython, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const FEATURE = `Feature: Stall
  Scenario: Orders an apple
    Given the stall is open
    When I type the fruit
    And I add it
    Then I check out
`;
const STEPS = `from pathlib import Path
from behave import given, then, when

def keep(context, state):
    context.attach("image/png", Path(f"shots/{state}.png").read_bytes())

@given("the stall is open")
def open_stall(context):
    keep(context, 0)

@when("I type the fruit")
def type_fruit(context):
    keep(context, 1)

@when("I add it")
def add(context):
    keep(context, 2)

@then("I check out")
def check_out(context):
    keep(context, 3)
    assert 1 == 2, "no thanks"
`;

export const behave = {
  version: "1.3.3",
  make(folder, version) {
    const python = installPython(folder, [`behave==${version}`]);
    makeScreenshots(folder);
    mkdirSync(join(folder, "features/steps"), { recursive: true });
    writeFileSync(join(folder, "features/stall.feature"), FEATURE);
    writeFileSync(join(folder, "features/steps/stall.py"), STEPS);
    const log = runTool(python, ["-m", "behave", "--format", "json", "--outfile", "report.json"], folder);
    const captions = [/^Given the stall is open$/, /^When I type the fruit$/, /I add it$/, /^Then I check out$/];
    return { log, records: [{ path: "report.json", states: "0123", failed: true, failedAt: 3, captions }] };
  },
};
