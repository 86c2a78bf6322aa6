#!/usr/bin/env bash
# allure-playwright 3.12.2 (with @playwright/test 1.65.1) writes the attachments of a test behind all its steps, whatever
# came first: the tree of steps is not the order of events.
#
# Ran 2026-11-29: a test that attaches A, then B inside test.step, then C. No browser is needed.
# Expected from the source: A, B, C. Seen in steps[] of the result: B (in its step), then A and C behind all steps, with
# starting times from after the end of the test.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @playwright/test@1.65.1 allure-playwright@3.12.2 >/dev/null
cat > order.spec.js <<'JS'
const { test } = require("@playwright/test");
test("order", async ({}, info) => {
  const attach = (name) => info.attach(name, { body: name, contentType: "text/plain" });
  await attach("A");
  await test.step("step", () => attach("B"));
  await attach("C");
});
JS
cat > playwright.config.js <<'JS'
module.exports = { reporter: [["allure-playwright", { resultsDir: "results" }]] };
JS
npx playwright test >/dev/null
order=$(node -e '
const { readdirSync, readFileSync } = require("node:fs");
const [name] = readdirSync("results").filter((name) => name.endsWith("-result.json"));
const names = (step) => (step.steps ?? []).flatMap((one) => [...(one.attachments ?? []).map(({ name }) => name), ...names(one)]);
console.log(names(JSON.parse(readFileSync(`results/${name}`))).join(" "));
')
echo "order in the tree of steps: $order"
[ "$order" = "B A C" ] || { echo "changed: expected B A C"; exit 1; }
