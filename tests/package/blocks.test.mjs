// Every block of code in the README and the guides is run as it stands there, in a project that has installed the packed
// tarball: in a page, in Node, in a shell or by Python. Types are checked in docs.test.mjs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveStatic } from "../../scripts/lib/static-server.mjs";
import { SECTIONS } from "../../scripts/lib/suites.mjs";
import { launchChromium } from "../browser/support/browsers.mjs";
import { start } from "../cli/support/cli.mjs";
import { IN_NODE, runInNode } from "./blocks/in-node.mjs";
import { IN_PAGE, runInPage } from "./blocks/in-page.mjs";
import { equip, IN_PYTHON, IN_SHELL, runInPython, runInShell } from "./blocks/in-shell.mjs";
import { readBlocks } from "./blocks/read.mjs";
import { createProject, SCREENSHOTS } from "./matrix/project.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const INTER = "node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
const MAP = {
  "task-gif": "",
  "task-gif/compare": "compare/index.js",
  "task-gif/define": "element/define.js",
  "task-gif/failures": "failures/index.js",
  "task-gif/inspect": "inspect.js",
  "task-gif/report": "report/index.js",
  "task-gif/runs": "runs/index.js",
  "task-gif/wasm": "wasm.js",
};
/** Other people's packages that blocks use, and the name under which each is installed here. */
const DRIVERS = [["@napi-rs"], ["playwright"], ["puppeteer", "puppeteer-core"], ["selenium-webdriver"]];
/** Blocks that are looked at in another way: by a test below, or, those for bundlers, by the matrix. */
const OTHERWISE = [
  "README.md 1",
  "README.md 4",
  "CONTRIBUTING.md 1",
  "captions.md 3",
  "quick-start.md 1",
  "element.md 6",
  "frameworks.md 5",
  "frameworks.md 6",
  "how-it-works.md 1",
  "own-worker.md 1",
  "own-worker.md 2",
  "quick-start.md 4",
  // playwright-reporter.test.mjs has it in a project.
  "recipes.md 1",
  "recipes.md 2",
  // A model has to be asked: types are all that can be checked.
  "recipes.md 6",
  "recipes.md 11",
  "security.md 1",
  "self-hosting.md 4",
  // Needs a queue and a bucket; tests/serve/queue.test.mjs has them.
  "self-hosting.md 5",
  // tests/serve/webhooks.test.mjs has a receiver.
  "self-hosting.md 6",
  "self-hosting.md 7",
  "self-hosting.md 8",
];

const blocks = readBlocks();
let project;
let browser;
let server;
/** What the endpoint says of every task. */
let task;

before(async () => {
  project = createProject();
  const at = (path) => join(project.folder, path);
  for (const folder of ["screenshots", "steps", "before", "after", "replays", "tasks", "fonts"]) mkdirSync(at(folder));
  SCREENSHOTS.forEach((name, index) => {
    copyFileSync(at(name), at(`screenshots/${name}`));
    copyFileSync(at(name), at(`steps/${index + 1}.png`));
    copyFileSync(at(name), at(`step_${index + 1}.png`));
    for (const folder of ["before", "after"]) copyFileSync(at(name), at(`${folder}/${index + 1}.png`));
  });
  for (const [name, installed = name] of DRIVERS) {
    symlinkSync(join(ROOT, "node_modules", installed), at(`node_modules/${name}`), "dir");
  }
  copyFileSync(join(ROOT, INTER), at("fonts/Inter.ttf"));
  for (const name of ["proxy.mjs", "live-recorder.js"]) copyFileSync(join(ROOT, "www/examples", name), at(name));
  const goals = ["Open the shop", "Search for a kettle"];
  const history = goals.map((next_goal, index) => ({
    model_output: { next_goal },
    state: { url: "https://shop.example/", screenshot: readFileSync(at(SCREENSHOTS[index])).toString("base64") },
  }));
  project.write("history.json", JSON.stringify({ history }));
  const steps = goals.map((next_goal, index) => ({ number: index + 1, next_goal, screenshot: SCREENSHOTS[index] }));
  project.write("task.json", JSON.stringify({ id: "t", task: "Buy a kettle", status: "finished", steps }));
  const imports = Object.fromEntries(
    Object.entries(MAP).map(([name, path]) => [name, `/node_modules/task-gif/dist/${path || "index.js"}`]),
  );
  project.write(
    "blank.html",
    `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><img alt="">`,
  );
  equip(project);
  project.run("node_modules/task-gif/dist/cli.node.js", "make", "screenshots", "-o", "replay.gif", "--quiet");
  for (const name of ["7f3c", "81aa"]) copyFileSync(at("replay.gif"), at(`replays/${name}.gif`));
  [browser, server] = await Promise.all([launchChromium(), serveStatic(project.folder, { endpoint })]);
});
after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  project?.remove();
});

/** The documented calls, for every ID. */
async function endpoint({ url, headers }, response) {
  const [, call] = /^\/api\/v1\/task\/\w+(\/\w+)?$/.exec(new URL(url, "http://localhost").pathname) ?? [];
  if (call === undefined && !/^\/api\/v1\/task\/\w+$/.test(url)) return false;
  const { status, gif, screenshots } = task;
  const finished_at = status === "finished" ? new Date(Date.now() - 3_600_000).toISOString() : null;
  const answers = {
    "/status": status,
    "/gif": { gif: gif && `http://${headers.host}${gif}` },
    "/screenshots": { screenshots },
  };
  const whole = { id: "7f3c", task: "Buy a kettle", status, output: null, steps: [], finished_at };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answers[call] ?? whole));
  return true;
}

test("there is no block that is not run, and none is run that is not there", () => {
  const known = [IN_PAGE, IN_NODE, IN_SHELL, IN_PYTHON].flatMap(Object.keys).concat(OTHERWISE);
  // Files of projects, which the matrix builds.
  const single = [...blocks.keys()].filter((name) => !name.startsWith("meta-frameworks.md "));
  assert.deepEqual(known.sort(), single.sort());
});

for (const [name, how] of Object.entries(IN_PAGE)) {
  test(`${name}, in a page`, async () => {
    task = how.task;
    await runInPage(
      browser,
      { url: server.url, folder: project.folder, write: project.write },
      name,
      blocks.get(name),
      how,
    );
  });
}

for (const [name, how] of Object.entries(IN_NODE)) {
  test(`${name}, in Node`, () => {
    assert.match(runInNode(project, name, blocks.get(name).code, how), how.says);
  });
}

const isThere = (path) => assert.ok(existsSync(join(project.folder, path)), path);
const remove = (path) => rmSync(join(project.folder, path), { recursive: true, force: true });
const DONE = { status: "finished", gif: "/replays/7f3c.gif", screenshots: [] };

for (const [name, how] of Object.entries(IN_SHELL)) {
  test(`${name}, in a shell`, async () => {
    task = DONE;
    for (const path of [...how.leaves, ...(how.without ?? [])]) remove(path);
    const api = `${server.url}api/v1`;
    if (how.serves) return besideServer(blocks.get(name).code, how);
    assert.match(await runInShell(project, blocks.get(name).code, { ...how, api }), how.says);
    how.leaves.forEach(isThere);
  });
}

/** Runs a block that talks to the server of the guide, wherever that is here. */
async function besideServer(code, how) {
  mkdirSync(join(project.folder, "served"));
  const { child, done } = start(["serve", "served", "--port", "0"], { cwd: project.folder });
  try {
    const address = await new Promise((resolve) => {
      child.stdout.on("data", (text) => resolve(/http:\/\/(localhost:\d+)/.exec(text)?.[1]));
    });
    assert.match(await runInShell(project, code.replaceAll("localhost:4173", address), how), how.says);
  } finally {
    child.kill("SIGTERM");
    await done;
  }
}

for (const [name, how] of Object.entries(IN_PYTHON)) {
  test(`${name}, in Python`, async () => {
    task = DONE;
    const { leaves = [], says } = how;
    for (const path of leaves) remove(path);
    assert.match(await runInPython(project, name, blocks.get(name).code, { ...how, api: `${server.url}api/v1` }), says);
    leaves.forEach(isThere);
  });
}

test("commands of the project itself are there", () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const lines = ["README.md 4", "CONTRIBUTING.md 1"].flatMap((name) => blocks.get(name).code.trim().split("\n"));
  for (const line of lines) {
    const [program, command, ...args] = line.replace(/\s+#.*/, "").split(" ");
    if (program === "npm") {
      assert.ok(manifest.scripts[command], line);
      if (args[0] === "--") assert.ok(SECTIONS.includes(args[1]), line);
    } else if (program === "node") assert.ok(existsSync(join(ROOT, args[0])), line);
    else assert.match(line, /^cargo test --lib decode /);
  }
});

test("what is to be installed is the package, or what it may stand beside", () => {
  const { name, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const block of ["quick-start.md 1", "captions.md 3"]) {
    const [, wanted] = blocks.get(block).code.match(/^npm install (\S+)\n$/);
    assert.ok(wanted === name || wanted in peerDependencies, wanted);
  }
});

test("quick-start.md 4: a page without a build", async () => {
  project.write("without-build.html", `<!doctype html>${blocks.get("quick-start.md 4").code}`);
  const page = await browser.newPage();
  await page.goto(`${server.url}without-build.html`);
  await page.waitForFunction(() => document.querySelector("img").naturalWidth === 420);
  await page.close();
});

/** As an import map would have it, which does not hold for workers. */
function withAddresses(code, base) {
  return code.replace(
    /"(task-gif[^"]*)"/g,
    (_, name) => `"${base}node_modules/task-gif/dist/${MAP[name] || "index.js"}"`,
  );
}

test("own-worker.md 1, 2: a worker that is not the package's own makes the GIF", async () => {
  project.write("gif-worker.js", withAddresses(blocks.get("own-worker.md 1").code, "/"));
  project.write("own-worker.js", blocks.get("own-worker.md 2").code);
  project.write("own-worker.html", '<!doctype html><img alt=""><script type="module" src="own-worker.js"></script>');
  const page = await browser.newPage();
  await page.goto(`${server.url}own-worker.html`);
  await page.waitForFunction(() => document.querySelector("img").naturalWidth === 420);
  await page.close();
});

test("security.md 1: the policy is enough", async () => {
  const policy = blocks.get("security.md 1").code.trim();
  project.write(
    "policy.html",
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="./policy.js"></script>`,
  );
  const code = readFileSync(join(project.folder, "app.js"), "utf8");
  project.write("policy.js", withAddresses(code, "./"));
  const page = await browser.newPage();
  await page.goto(`${server.url}policy.html`);
  await page.waitForFunction(() => globalThis.result !== undefined);
  const { frames, workerKind } = await page.evaluate(() => globalThis.result);
  assert.deepEqual([frames, workerKind], [2, "module"]);
  await page.close();
});

test("recipes.md 11: the command line takes the steps that recipes.md 10 wrote", async () => {
  assert.ok(existsSync(join(project.folder, "steps.json")));
  remove("replay.gif");
  assert.equal(await runInShell(project, blocks.get("recipes.md 11").code, { npx: true }), "");
  isThere("replay.gif");
});

test("recipes.md 2: the workflow pushes the replays to a branch and shows them in a comment", async () => {
  const script = blocks
    .get("recipes.md 2")
    .code.split(/^ +run: \|\n/m)[1]
    .replace(/^ {10}/gm, "");
  const git = (folder, ...args) => execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  const origin = join(project.folder, "origin.git");
  const checkout = join(project.folder, "checkout");
  git(project.folder, "init", "-q", "--bare", origin);
  git(project.folder, "clone", "-q", origin, checkout);
  project.write("checkout/app.js", "");
  git(checkout, "add", "app.js");
  git(checkout, "-c", "user.name=a", "-c", "user.email=a@a.example", "commit", "-qm", "App");
  for (const name of ["a-fails", "b-fails-retry1"]) {
    project.write(`checkout/test-results/${name}/replay.gif`, readFileSync(join(project.folder, "replays/7f3c.gif")));
  }
  project.write("checkout-bin/gh", '#!/bin/sh\necho "$@" > ../gh-args\ncp "$5" ../gh-comment\n');
  chmodSync(join(project.folder, "checkout-bin/gh"), 0o755);
  const env = {
    ...process.env,
    PATH: `${join(project.folder, "checkout-bin")}:${process.env.PATH}`,
    GITHUB_REPOSITORY: "owner/shop",
    PULL_REQUEST: "12",
  };
  // As GitHub runs it.
  execFileSync("bash", ["-e", "-c", script], { cwd: checkout, env });
  const commit = git(origin, "rev-parse", "replays/12");
  assert.equal(git(origin, "ls-tree", "-r", "--name-only", commit), "replays/1.gif\nreplays/2.gif");
  const read = (name) => readFileSync(join(project.folder, name), "utf8").trim();
  assert.equal(read("gh-args"), "pr comment 12 --body-file replays/comment.md --edit-last --create-if-none");
  const replay = (name, number) =>
    `**${name}**\n\n![replay](https://github.com/owner/shop/raw/${commit}/replays/${number}.gif)`;
  assert.equal(read("gh-comment"), [replay("a-fails", 1), replay("b-fails-retry1", 2)].join("\n\n"));
});
