// SeleniumLibrary of Robot Framework: output.xml and the screenshots beside it; the keyword that fails takes one of its own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findBrowser } from "../../../../../scripts/lib/browsers.mjs";
import { installPython, runTool } from "../../install.mjs";
import { CHROMIUM, CHROMIUM_ARGS, STALL } from "../../stall.mjs";

const OPTIONS = [
  `binary_location="${CHROMIUM}"`,
  ...["--headless=new", "--window-size=640,480", ...CHROMIUM_ARGS].map((arg) => `add_argument("${arg}")`),
].join(";");
const TEST = `*** Settings ***
Library    SeleniumLibrary
Suite Teardown    Close All Browsers

*** Test Cases ***
Orders An Apple
    Open Browser    ${STALL}    chrome    options=${OPTIONS}    service=executable_path="${findBrowser("chromedriver")}"
    Capture Page Screenshot
    Input Text    id:fruit    Apple
    Capture Page Screenshot
    Click Button    id:add
    Capture Page Screenshot
    Click Button    id:checkout
    Page Should Contain    Thank you
`;

export const seleniumLibrary = {
  version: "6.9.0",
  make(folder, version) {
    const python = installPython(folder, ["robotframework==7.5", `robotframework-seleniumlibrary==${version}`]);
    writeFileSync(join(folder, "stall.robot"), TEST);
    const log = runTool(python, ["-m", "robot", "--outputdir", "output", "stall.robot"], folder);
    return { log, records: [{ path: "output", states: "0123", failed: true, failedAt: 3 }] };
  },
};
