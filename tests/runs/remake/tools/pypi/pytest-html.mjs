// pytest-html: extras of a test in a self-contained report, and in one with files beside it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPython, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const TEST = `import base64
from pathlib import Path
from pytest_html import extras as extra

def test_orders_an_apple(extras):
    for state, name in enumerate(["stall", "typed", "added", "ordered"]):
        extras.append(extra.png(base64.b64encode(Path(f"shots/{state}.png").read_bytes()).decode(), name=name))
    assert 1 == 2
`;

export const pytestHtml = {
  version: "4.2.0",
  make(folder, version) {
    const python = installPython(folder, [`pytest-html==${version}`]);
    makeScreenshots(folder);
    writeFileSync(join(folder, "test_stall.py"), TEST);
    const whole = ["-m", "pytest", "--html=whole/report.html", "--self-contained-html", "test_stall.py"];
    const parts = ["-m", "pytest", "--html=parts/report.html", "test_stall.py"];
    const log = runTool(python, whole, folder) + runTool(python, parts, folder);
    const run = { states: "0123", failed: true };
    return { log, records: ["whole/report.html", "parts"].map((path) => ({ ...run, path })) };
  },
};
