#!/usr/bin/env bash
# playwright-ctrf-json-reporter 0.0.29, with its option `screenshot`, embeds the first attachment that is called "screenshot",
# where its README says that "only the last screenshot attached from each test will be included": the page as it was at the
# start stands beside the error of the end.
#
# Ran 2026-11-30 (Node 20, @playwright/test 1.65.1): a test that attaches "first", then "last", and fails. No browser is needed.
# Expected: last. Seen: first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm install --silent --no-audit --no-fund --ignore-scripts @playwright/test@1.65.1 playwright-ctrf-json-reporter@0.0.29 >/dev/null
grep -q "only the last screenshot attached" node_modules/playwright-ctrf-json-reporter/README.md || echo "the README says something else now"
cat > playwright.config.ts <<'TS'
export default { testDir: ".", reporter: [["playwright-ctrf-json-reporter", { screenshot: true }]] };
TS
cat > stall.spec.ts <<'TS'
import { expect, test } from "@playwright/test";
test("attaches twice", async ({}, info) => {
  for (const body of ["first", "last"]) await info.attach("screenshot", { body, contentType: "image/png" });
  expect(1).toBe(2);
});
TS
npx playwright test > console.txt 2>&1 || true # the test fails on purpose
seen=$(node -p 'Buffer.from(JSON.parse(require("node:fs").readFileSync("ctrf/ctrf-report.json", "utf8")).results.tests[0].screenshot, "base64").toString()' --input-type=commonjs)
echo "embedded: $seen"
[ "$seen" = "first" ] || { echo "changed: expected first"; exit 1; }
