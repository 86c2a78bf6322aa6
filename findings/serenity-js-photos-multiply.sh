#!/usr/bin/env bash
# @serenity-js/playwright-test 3.43.2 takes one photo of an interaction in the first test of a worker, two in the second,
# three in the third: each test adds another Photographer of `use.crew` to those of the tests before it.
#
# Ran 2026-11-30 (Node 20, @playwright/test 1.60.0, Debian's Chromium): three tests with the same single interaction, one
# worker, a crew of one Photographer that takes photos of interactions.
# Expected: 1 1 1 attachments. Seen: 1 2 3.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
echo '{ "type": "module" }' > package.json
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm install --silent --no-audit --no-fund --ignore-scripts @playwright/test@1.60.0 @serenity-js/core@3.43.2 \
  @serenity-js/web@3.43.2 @serenity-js/playwright@3.43.2 @serenity-js/playwright-test@3.43.2 @serenity-js/assertions@3.43.2 >/dev/null
cat > playwright.config.ts <<TS
export default {
  testDir: ".",
  workers: 1,
  use: {
    launchOptions: { executablePath: "$chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] },
    crew: [["@serenity-js/web:Photographer", { strategy: "TakePhotosOfInteractions" }]],
    defaultActorName: "Ann",
  },
  reporter: [["json", { outputFile: "report.json" }]],
};
TS
cat > photos.spec.ts <<'TS'
import { describe, it } from "@serenity-js/playwright-test";
import { Navigate } from "@serenity-js/web";
describe("Photos", () => {
  for (const name of ["first", "second", "third"])
    it(name, async ({ actor }) => {
      await actor.attemptsTo(Navigate.to("data:text/html,<h1>page</h1>"));
    });
});
TS
npx playwright test > console.txt 2>&1 || { echo "the tests did not pass as they should"; tail -20 console.txt; exit 1; }
photos=$(node -e '
const { suites } = JSON.parse(require("node:fs").readFileSync("report.json", "utf8"));
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
const results = suites.flatMap(specsOf).map((spec) => spec.tests[0].results[0]);
console.log(results.map((r) => r.attachments.filter((a) => a.contentType === "image/png").length).join(" "));
')
echo "photos of the same interaction in three tests: $photos"
[ "$photos" = "1 2 3" ] || { echo "changed: expected 1 2 3"; exit 1; }
