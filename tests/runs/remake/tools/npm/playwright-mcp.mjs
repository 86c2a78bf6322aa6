// The MCP server of Playwright: the session that it saves, and the folder around it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { installNpm, runTool } from "../../install.mjs";
import { CHROMIUM, STALL } from "../../stall.mjs";

const CLIENT = `import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
const args = ["node_modules/@playwright/mcp/cli.js", "--headless", "--isolated", "--no-sandbox", "--allow-unrestricted-file-access",
  "--executable-path", ${JSON.stringify(CHROMIUM)}, "--output-dir", "output", "--save-session"];
const server = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
const answers = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
let id = 0;
const send = (message) => server.stdin.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n");
async function ask(method, params) {
  send({ id: ++id, method, params });
  for (;;) {
    const { value } = await answers.next();
    const answer = JSON.parse(value);
    if (answer.id === id) return answer.result ?? answer;
  }
}
const call = async (name, args = {}) => {
  const result = await ask("tools/call", { name, arguments: args });
  console.log(name, JSON.stringify(result).slice(0, 400));
  return JSON.stringify(result);
};
await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "records", version: "1" } });
send({ method: "notifications/initialized" });
await call("browser_navigate", { url: ${JSON.stringify(STALL)} });
const page = await call("browser_snapshot");
const of = (name) => new RegExp(name + '[^\\\\[]*\\\\[ref=(\\\\w+)').exec(page)[1];
const [fruit, add, checkout] = [of("textbox"), of("Add"), of("Checkout")];
// Arguments of newer and of older versions.
const at = (element, ref) => ({ element, ref, target: ref });
await call("browser_take_screenshot");
await call("browser_type", { ...at("fruit", fruit), text: "Apple" });
await call("browser_take_screenshot");
await call("browser_click", at("add", add));
await call("browser_take_screenshot");
await call("browser_click", at("checkout", checkout));
await call("browser_take_screenshot");
await call("browser_close");
server.stdin.end();
`;

export const playwrightMcp = {
  version: "0.0.83",
  make(folder, version) {
    installNpm(folder, [`@playwright/mcp@${version}`]);
    writeFileSync(join(folder, "make.mjs"), CLIENT);
    const log = runTool(process.execPath, ["make.mjs"], folder);
    return { log, records: [{ path: "output", states: "0123" }] };
  },
};
