#!/usr/bin/env bash
# The plugin aiTrace of CodeceptJS 4.2.0 leaves the block for the error of a failed test empty: trace.md of a failed test
# has two rules ("---") with nothing between them, and no word of what went wrong.
#
# Ran 2026-11-29 (Node 20): a test whose second step fails. No browser is needed: a helper of that name stands in for it,
# since the plugin wants one. The plugin reads test.art.message; the error is in test.err.
# Expected: "Error: ..." between the rules. Seen: an empty block; the error is in the console only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "commonjs" }' > package.json
npm install --silent --no-audit --no-fund codeceptjs@4.2.0 >/dev/null
cat > codecept.conf.js <<'JS'
exports.config = {
  tests: "./*_test.js",
  output: "./output",
  helpers: { Playwright: { require: "./helper.js" } },
  plugins: { aiTrace: { enabled: true } },
  name: "trace",
};
JS
cat > helper.js <<'JS'
const Helper = require("@codeceptjs/helper");
module.exports = class extends Helper {
  open() {}
  press() {
    throw new Error("there is no such button");
  }
  saveScreenshot() {}
  grabSource() {
    return "<p>page</p>";
  }
  grabCurrentUrl() {
    return "http://localhost/";
  }
};
JS
cat > press_test.js <<'JS'
Feature("Buttons");
Scenario("presses a button", ({ I }) => {
  I.open();
  I.press();
});
JS
npx codeceptjs run > console.txt 2>&1 || true
grep -q "there is no such button" console.txt || { echo "the test did not fail as it should"; cat console.txt; exit 1; }
trace=$(ls output/trace_*/trace.md)
sed 's/^/  | /' "$trace"
node -e '
const text = require("node:fs").readFileSync(process.argv[1], "utf8");
const isEmpty = /^---\n\s*---$/m.test(text) && !/^Error:/m.test(text);
console.log(isEmpty ? "the block of the error is empty" : "changed: the trace tells the error");
process.exit(isEmpty ? 0 : 1);
' "$trace"
