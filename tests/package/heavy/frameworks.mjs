// The guide to application frameworks: each is installed as a newcomer would today, gets the guide's files, is built, and
// its page and its route must make the GIF that Node makes.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serveStatic } from "../../../scripts/lib/static-server.mjs";
import { launchChromium } from "../../browser/support/browsers.mjs";
import { filesOfSection } from "../matrix/guide.mjs";
import { createProject, SCREENSHOTS } from "../matrix/project.mjs";
import { FRAMEWORKS } from "./framework-projects.mjs";
import { install, program } from "./install.mjs";

const SCRIPT = `import { readFileSync } from "node:fs";
import { assembleGif } from "task-gif";
const gif = await assembleGif(${JSON.stringify(SCREENSHOTS)}.map((name) => readFileSync(name)));
console.log(Buffer.from(await gif.bytes()).toString("base64"));
`;
/** Only a page that hangs needs it. */
const PATIENCE_MS = 60_000;

let browser;
const closers = [];

before(async () => {
  install();
  browser = await launchChromium();
  closers.push(() => browser.close());
});
after(async () => {
  for (const close of closers.reverse()) await close();
});

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
  test(name, async () => {
    const project = createProject();
    closers.push(() => project.remove());
    project.write("node.mjs", SCRIPT);
    const expected = project.run("node.mjs").trim();
    installInto(project, framework.dependencies);
    const files = { ...framework.files, ...filesOfSection(name) };
    for (const [path, text] of Object.entries(files)) project.write(path, text);
    const folder = framework.publicFolder ?? "public";
    mkdirSync(join(project.folder, folder), { recursive: true });
    project.addScreenshots(folder);
    for (const command of framework.build) runNode(project, command);
    const url = await serve(project, framework);
    assert.equal(await gifOfPage(url), expected);
    if (!framework.start) return;
    const answer = await fetch(new URL("replay.gif", url));
    assert.equal(answer.headers.get("content-type"), "image/gif");
    assert.equal(Buffer.from(await answer.arrayBuffer()).toString("base64"), expected);
  });
}

// The framework's own programs may need a Node that is newer than the one the package does with. Its packages are named
// after the system: that called `node` fetches one of them with an install script.
const newNode = () => {
  const installed = program(`node-${process.platform}-${process.arch}/bin/node`);
  return existsSync(installed) ? installed : process.execPath;
};
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NUXT_TELEMETRY_DISABLED: "1", NODE_ENV: undefined };
Object.assign(environment, { ASTRO_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false", CI: "1" });

function installInto(project, dependencies) {
  const wanted = Object.entries(dependencies).map(([name, range]) => `${name}@${range}`);
  // Their install scripts only fetch programs that optional packages bring anyway.
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"];
  execFileSync("npm", ["install", ...wanted, ...options], { cwd: project.folder, stdio: "pipe" });
}

function runNode(project, [script, ...args]) {
  const options = { cwd: project.folder, encoding: "utf8", env: environment, stdio: "pipe", timeout: 600_000 };
  execFileSync(newNode(), [join("node_modules", script), ...args], options);
}

/** Serves what was built: by the framework's server, or as files. Resolves to the address. */
async function serve(project, { start, output }) {
  if (!start) {
    const server = await serveStatic(join(project.folder, output));
    closers.push(server.close);
    return server.url;
  }
  const port = await freePort();
  const [script, ...args] = start;
  const server = spawn(newNode(), [script, ...args.map((each) => each.replace("PORT", String(port)))], {
    cwd: project.folder,
    env: { ...environment, NODE_ENV: "production", PORT: String(port), HOST: "localhost" },
    stdio: "ignore",
  });
  closers.push(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });
  const url = `http://localhost:${port}/`;
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await fetch(url).catch(() => undefined))) {
    assert.ok(Date.now() < deadline, `${script} does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return url;
}

async function freePort() {
  const server = await serveStatic(".");
  await server.close();
  return new URL(server.url).port;
}

/** The GIF that a page shows in its picture, as base64. */
async function gifOfPage(url) {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const picture = page.locator("img[alt='Replay of the task'][src^='blob:']");
    await picture.waitFor({ state: "attached", timeout: PATIENCE_MS });
    return await picture.evaluate(async ({ src }) => {
      const bytes = await (await fetch(src)).arrayBuffer();
      return btoa(String.fromCharCode(...new Uint8Array(bytes)));
    });
  } finally {
    await page.close();
  }
}
