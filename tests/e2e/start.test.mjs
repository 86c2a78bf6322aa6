// npm start, as on the first day: the address it prints is the dashboard's.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/process.mjs";

test("npm start prints an address that shows the dashboard with its sample tasks", async () => {
  const started = spawn(process.execPath, ["scripts/start.mjs", "--port", "0", "--no-open"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const address = await printedAddress(started);
    const page = await fetch(address);
    assert.equal(page.status, 200, address);
    assert.match(await page.text(), /<title>[^<]*task-gif/);
    const tasks = await fetch(new URL("api/v1/tasks", address));
    assert.equal(tasks.status, 200);
    assert.ok((await tasks.json()).tasks.length >= 5);
  } finally {
    started.kill("SIGTERM");
  }
  const [code] = await once(started, "close");
  assert.equal(code, 0);
});

/** The address as a person copies it: all up to the next blank. */
async function printedAddress({ stdout }) {
  let text = "";
  for await (const chunk of stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    text += chunk;
    const address = /dashboard: (http:\S+)\n/.exec(text)?.[1];
    if (address) return address;
  }
  throw new Error(`no address in ${JSON.stringify(text)}`);
}
