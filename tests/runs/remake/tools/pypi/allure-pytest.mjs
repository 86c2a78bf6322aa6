// Allure's adapter of pytest: results with a tree of steps, each with a screenshot.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPython, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const TEST = `import allure

def keep(name, state):
    allure.attach.file(f"shots/{state}.png", name, allure.attachment_type.PNG)

def test_orders_an_apple():
    with allure.step("Open the stall"):
        keep("stall", 0)
    with allure.step("Type the fruit"):
        keep("typed", 1)
    with allure.step("Add it"):
        keep("added", 2)
    with allure.step("Check out"):
        keep("ordered", 3)
        assert 1 == 2
`;

export const allurePytest = {
  version: "2.16.2",
  make(folder, version) {
    const python = installPython(folder, [`allure-pytest==${version}`]);
    makeScreenshots(folder);
    writeFileSync(join(folder, "test_stall.py"), TEST);
    const log = runTool(python, ["-m", "pytest", "--alluredir", "allure-results", "test_stall.py"], folder);
    const captions = [/Open the stall/, /Type the fruit/, /Add it/, /Check out/];
    return { log, records: [{ path: "allure-results", states: "0123", failed: true, failedAt: 3, captions }] };
  },
};
