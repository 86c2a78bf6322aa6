// Blocks that a shell runs, and those of Python. `leaves` are files that have to be there afterwards, `says` is what has
// to be printed.
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const IN_SHELL = {
  "README.md 3": { leaves: ["replay.gif"], says: /serves .*tasks.* at http:\/\/localhost:\d+\// },
  "command-line.md 1": { leaves: ["screenshots.gif", "replay.gif", "report.html"], says: /task-gif serves/ },
  "command-line.md 2": { leaves: ["replay.gif"], says: /^$/ },
  "camera.md 2": { leaves: ["screenshots.gif"], says: /^$/, npx: true },
  "compare.md 2": { leaves: ["comparison.gif"], says: /^$/, npx: true },
  "length.md 2": { leaves: ["screenshots.gif"], says: /^$/, npx: true },
  "migrating.md 2": { leaves: ["agent_history.gif"], says: /^$/ },
  "quick-start.md 6": { leaves: ["replay.gif"], says: /^$/, npx: true },
  "recipes.md 8": { leaves: ["replay.gif"], says: /^$/, npx: true },
  "self-hosting.md 1": {
    without: ["tasks"],
    leaves: ["tasks/.task-gif/keys.json"],
    says: /tg_[\w-]{43}[\s\S]*http:\/\/0\.0\.0\.0/,
  },
  "self-hosting.md 2": { leaves: [], says: /\{"gif":(?:null|"http[^"]+")\}$/, serves: true },
};

const HISTORY = `
class History:
    def save_to_file(self, path):
        print("saved", path)

class Agent:
    async def run(self):
        return History()

agent = Agent()
`;

/** Python that a block takes for granted, and what has to be printed after it. */
export const IN_PYTHON = {
  "migrating.md 1": {
    before: HISTORY,
    says: /^saved history\.json$/,
  },
  "recipes.md 7": { before: HISTORY, says: /^saved history\.json$/ },
  "recipes.md 10": {
    before: 'first_png, second_png = [open(name, "rb").read() for name in ("00.png", "03.png")]',
    leaves: ["steps.json", "step_1.png", "step_2.png"],
    says: /^$/,
  },
  "self-hosting.md 3": { before: 'key, task_id = "k", "7f3c"', leaves: ["replay.gif"], says: /^$/ },
};

// A server runs until it is stopped: here as soon as it says where it is.
const SERVE_ONCE = `import { spawn } from "node:child_process";
const child = spawn(process.execPath, process.argv.slice(2), { stdio: ["ignore", "pipe", "ignore"] });
child.stdout.on("data", (text) => {
  process.stdout.write(text);
  if (String(text).includes("http://")) child.kill("SIGTERM");
});
child.on("close", (code) => process.exit(code));
`;

// npx looks for the program of the project for a second; the program itself is there at once.
const NPX = `#!/bin/sh
while [ "$1" = -p ]; do shift 2; done
shift
case "$*" in
  *--new-key*) ;;
  serve*) exec node "$PROJECT/serve-once.mjs" "$PROJECT/node_modules/task-gif/dist/cli.node.js" "$@" ;;
esac
exec node "$PROJECT/node_modules/task-gif/dist/cli.node.js" "$@"
`;

// The one thing that is asked of jq, which not every machine has.
const JQ = `#!/usr/bin/env node
process.stdin.on("data", (text) => console.log(JSON.parse(text)[process.argv[3].slice(1)]));
`;

// The one call of the package "requests" that is made, which not every Python has.
const REQUESTS = `import json, urllib.request

class Answer:
    def __init__(self, content):
        self.content = content
    def json(self):
        return json.loads(self.content)

def get(url, headers={}):
    return Answer(urllib.request.urlopen(urllib.request.Request(url, headers=headers)).read())
`;

/** Puts the programs into a project that its blocks call. */
export function equip(project) {
  project.write("serve-once.mjs", SERVE_ONCE);
  project.write("requests.py", REQUESTS);
  mkdirSync(join(project.folder, "bin"));
  for (const [name, text] of Object.entries({ npx: NPX, jq: JQ })) {
    writeFileSync(join(project.folder, "bin", name), text);
    chmodSync(join(project.folder, "bin", name), 0o755);
  }
}

/** Runs a block; returns what it prints. `api` is the address of a task endpoint. */
export async function runInShell(project, code, { npx = false, api }) {
  const path = npx ? process.env.PATH : `${join(project.folder, "bin")}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, PROJECT: project.folder, TASK_GIF_API: api, BROWSER_USE_API_KEY: "k" };
  const { stdout } = await run("sh", ["-e", "-c", code], { cwd: project.folder, env });
  return stdout.trim();
}

/** Runs a block of Python in a function, since it may wait for something; returns what it prints. */
export async function runInPython(project, name, code, { before = "", api }) {
  const lines = code.trimEnd().split("\n");
  const body = lines.map((line) => `    ${line}`).join("\n");
  const file = `${name.replace(/\W+/g, "_")}.py`;
  project.write(
    file,
    `import asyncio\nbase = "${api}"\n${before}\nasync def main():\n${body}\n\nasyncio.run(main())\n`,
  );
  const python = process.env.PYTHON || "python3";
  const { stdout } = await run(python, [file], { cwd: project.folder });
  return stdout.trim();
}
