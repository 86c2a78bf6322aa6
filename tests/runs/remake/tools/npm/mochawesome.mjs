// Mochawesome, the reporter of Mocha and Cypress: pictures in the context of a test, as JSON and as HTML.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { makeScreenshots } from "../../stall.mjs";

const TEST = `import { readFileSync } from "node:fs";
import addContext from "mochawesome/addContext.js";
describe("Stall", () => {
  it("orders an apple", function () {
    for (const [state, title] of ["stall", "typed", "added", "ordered"].entries()) {
      const value = \`data:image/png;base64,\${readFileSync(\`shots/\${state}.png\`, "base64")}\`;
      addContext(this, { title, value });
    }
    throw new Error("no thanks");
  });
});
`;

export const mochawesome = {
  version: "8.1.1",
  make(folder, version) {
    installNpm(folder, ["mocha@11.7.5", `mochawesome@${version}`]);
    makeScreenshots(folder);
    writeFileSync(join(folder, "stall.test.mjs"), TEST);
    const args = ["node_modules/mocha/bin/mocha.js", "--reporter", "mochawesome", "stall.test.mjs"];
    const log = runTool(process.execPath, args, folder);
    const run = {
      states: "0123",
      captions: [/stall/, /typed/, /added/, /ordered/],
      failed: true,
      warnings: ["FAILURE_NOT_SHOWN"],
    };
    const records = ["mochawesome-report/mochawesome.json", "mochawesome-report/mochawesome.html"];
    return { log, records: records.map((path) => ({ ...run, path })) };
  },
};
