#!/usr/bin/env bash
# Traces of Playwright 1.45.3 do not say that a page was opened or closed: they have no line of type "event" at all, where
# those of 1.41.2 and of 1.50.1 have one for each page. What a popup's pictures belong to has to be inferred there.
#
# Ran 2026-11-30 (Node 20, Chromium 156 of Debian): one page that opens a window, traced with screenshots and snapshots.
# Expected: the same events in the three versions. Seen: events in 1.41.2 and 1.50.1, none in 1.45.3.
# Needs Chromium: its path in CHROMIUM, or as chromium in PATH.
set -euo pipefail
chromium=${CHROMIUM:-$(command -v chromium)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > record.cjs <<'JS'
const { chromium } = require("playwright-core");
(async () => {
  const browser = await chromium.launch({ executablePath: process.argv[2], args: ["--no-sandbox"] });
  const context = await browser.newContext();
  await context.tracing.start({ screenshots: true, snapshots: true });
  const page = await context.newPage();
  await page.setContent('<a href="about:blank" target="_blank">Open</a>');
  const [popup] = await Promise.all([context.waitForEvent("page"), page.click("a")]);
  await popup.close();
  await context.tracing.stop({ path: "trace.zip" });
  await browser.close();
})();
JS
seen=""
for version in 1.41.2 1.45.3 1.50.1; do
  mkdir "$version"
  cp record.cjs "$version/"
  (
    cd "$version"
    npm init --yes >/dev/null
    npm install --silent --no-audit --no-fund "playwright-core@$version" >/dev/null
    node record.cjs "$chromium"
    python3 - <<'PY' >count
import json, zipfile
lines = zipfile.ZipFile("trace.zip").read("trace.trace").decode().splitlines()
print("some" if any(json.loads(line)["type"] == "event" for line in lines if line) else "none")
PY
  )
  seen="$seen $version:$(cat "$version/count")"
done
seen=${seen# }
echo "lines of type event: $seen"
expected="1.41.2:some 1.45.3:none 1.50.1:some"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
