#!/usr/bin/env bash
# @arghajit/playwright-pulse-report 0.3.4 leaves out what a test attaches as a body (testInfo.attach with `body`), without a
# word: neither its JSON nor its folder of attachments has it, with `base64Images: true` neither. What is attached as a file
# is there. Most tests attach page.screenshot() so, which gives bytes.
#
# Ran 2026-11-30 (Node 20, @playwright/test 1.65.1): a test that attaches a picture and a text. No browser is needed.
# Expected: one picture, one text. Seen: none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm install --silent --no-audit --no-fund --ignore-scripts @playwright/test@1.65.1 @arghajit/playwright-pulse-report@0.3.4 >/dev/null
cat > playwright.config.ts <<'TS'
const base64Images = process.env.INSIDE === "yes";
export default { testDir: ".", reporter: [["@arghajit/playwright-pulse-report", { outputDir: "pulse", base64Images }]] };
TS
cat > stall.spec.ts <<'TS'
import { test } from "@playwright/test";
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==", "base64");
test("attaches", async ({}, info) => {
  await info.attach("picture", { body: PNG, contentType: "image/png" });
  await info.attach("words", { body: "words", contentType: "text/plain" });
});
TS
attached() {
  rm -rf pulse
  INSIDE=$1 npx playwright test > console.txt 2>&1 || { echo "the test did not pass as it should"; tail -20 console.txt; exit 1; }
  node --input-type=commonjs -p '
    const [test] = JSON.parse(require("node:fs").readFileSync("pulse/playwright-pulse-report.json", "utf8")).results;
    `${test.screenshots.length} ${test.attachments.length}`
  '
}
seen="$(attached no) | $(attached yes)"
echo "pictures and texts | with base64Images: $seen"
[ "$seen" = "0 0 | 0 0" ] || { echo "changed: expected 0 0 | 0 0"; exit 1; }
