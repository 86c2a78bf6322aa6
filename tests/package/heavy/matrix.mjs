// The heavy half of the matrix, from the packed tarball: Parcel, Next.js with its server, Deno and Bun.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openGallery, PAGE } from "../matrix/gallery.mjs";
import { fromGuide } from "../matrix/guide.mjs";
import { SCREENSHOTS } from "../matrix/project.mjs";
import { install, PROJECTS, program, runtimeProgram } from "./install.mjs";

let gallery;
let project;

before(async () => {
  install();
  gallery = await openGallery(PROJECTS);
  project = gallery.project;
});
after(() => gallery?.close());

const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
const run = (command, ...args) =>
  execFileSync(command, args, { cwd: project.folder, encoding: "utf8", env: environment, timeout: 300_000 });

test("Parcel", async () => {
  const manifest = JSON.parse(readFileSync(join(project.folder, "package.json"), "utf8"));
  project.write("package.json", JSON.stringify({ ...manifest, ...JSON.parse(fromGuide("@parcel/")) }));
  project.write("parcel.html", PAGE);
  const options = ["--dist-dir", "parcel", "--public-url", "./", "--no-cache", "--no-source-maps"];
  run(process.execPath, program("parcel/lib/bin.js"), "build", "parcel.html", ...options);
  project.addScreenshots("parcel");
  await gallery.check(`${await gallery.serve("parcel")}parcel.html`);
});

test("Next.js: built, rendered by its server, and a page that makes a GIF", async () => {
  project.write(
    "app/layout.jsx",
    "export default function Layout({ children }) { return <html lang='en'><body>{children}</body></html>; }",
  );
  // The package stands at the top of the component, so the server imports it too.
  project.write(
    "app/page.jsx",
    `"use client";
     import { useEffect } from "react";
     import { run } from "../app.js";
     export default function Page() {
       useEffect(() => { globalThis.result ??= run().catch(String); }, []);
       return <h1>Replay of {typeof run}</h1>;
     }`,
  );
  mkdirSync(join(project.folder, "public"), { recursive: true });
  for (const name of SCREENSHOTS) copyFileSync(join(project.folder, name), join(project.folder, "public", name));
  const next = program("next/dist/bin/next");
  run(process.execPath, next, "build");
  const port = await freePort();
  const args = [next, "start", "--port", String(port)];
  const server = spawn(process.execPath, args, { cwd: project.folder, env: environment, stdio: "ignore" });
  gallery.closers.push(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });
  const url = `http://localhost:${port}/`;
  assert.match(await answered(url), /<h1>Replay of <!-- -->function<\/h1>/);
  await gallery.check(url);
});

test("Deno", () => {
  const deno = runtimeProgram("@deno", process.platform === "win32" ? "deno.exe" : "deno");
  assert.equal(run(deno, "run", "--allow-all", "node.mjs").trim(), `${gallery.expected} node`);
});

test("Bun", () => {
  const bun = runtimeProgram("@oven", process.platform === "win32" ? "bin/bun.exe" : "bin/bun");
  assert.equal(run(bun, "run", "node.mjs").trim(), `${gallery.expected} node`);
});

async function freePort() {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The text of a page, once its server is up. */
async function answered(url) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
