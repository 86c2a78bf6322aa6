#!/usr/bin/env bash
# The session that @playwright/mcp 0.0.83 saves (--save-session) lacks the calls that failed: the client gets an error for
# a click on an element that is not there, and session.md goes on as if nobody had asked.
#
# Ran 2026-11-29 (Node 20, Chromium 156 of Debian): browser_navigate, browser_click with a target that no snapshot had,
# browser_snapshot. The call is logged after its handler returned; what it throws is caught outside.
# Expected: three calls in session.md, the second with its error. Seen: browser_navigate and browser_snapshot only. The same
# in 0.0.41, 0.0.56, 0.0.68, 0.0.70 and 0.0.76.
# Needs Chromium: its path in CHROMIUM, or as chromium in PATH.
set -euo pipefail
browser=${CHROMIUM:-$(command -v chromium)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-audit --no-fund @playwright/mcp@0.0.83 >/dev/null
cat > client.mjs <<'JS'
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const args = ["--headless", "--isolated", "--no-sandbox", "--executable-path", process.argv[2], "--output-dir", "output"];
const server = spawn("node", ["node_modules/@playwright/mcp/cli.js", ...args, "--save-session"], {
  stdio: ["pipe", "pipe", "ignore"],
});
const waiting = new Map();
createInterface({ input: server.stdout }).on("line", (line) => {
  const message = JSON.parse(line);
  waiting.get(message.id)?.(message.result ?? message.error);
});
let last = 0;
const send = (method, params) =>
  new Promise((done) => {
    const id = ++last;
    waiting.set(id, done);
    server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
  });
const call = (name, args) => send("tools/call", { name, arguments: args });

await send("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "client", version: "1" } });
server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
const opened = await call("browser_navigate", { url: "data:text/html,<button>Add</button>" });
const clicked = await call("browser_click", { element: "Coupon", target: "e999" });
await call("browser_snapshot", {});
await new Promise((done) => setTimeout(done, 3000)); // older versions write after a second
server.kill();
console.log(JSON.stringify({ opened: opened.isError ?? false, clicked: clicked.isError ?? false }));
JS
calls=$(node client.mjs "$browser")
[ "$calls" = '{"opened":false,"clicked":true}' ] || { echo "the calls went otherwise: $calls"; exit 1; }
session=$(ls output/session-*/session.md)
grep '^### ' "$session" | sed 's/^/  | /'
if grep -q "e999" "$session"; then
  echo "changed: the session has the failed call"
  exit 1
fi
grep -q "browser_navigate" "$session" && grep -q "browser_snapshot" "$session"
echo "the failed call is not in the session"
