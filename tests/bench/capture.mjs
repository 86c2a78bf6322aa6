#!/usr/bin/env node
// npm run bench -- --capture DIR: records six sequences of screenshots of pages out of npm packages into DIR, for
// `npm run bench -- --curve DIR`. They are kept out of the repository: the pages have licenses and photos of their own.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "../../scripts/lib/static-server.mjs";
import { unpackPackages } from "../../www/samples/packages.mjs";
import { launchChromium } from "../browser/support/browsers.mjs";

const EDITOR = `<!doctype html><meta charset="utf-8"><title>editor</title>
<link rel="stylesheet" href="lib/codemirror.css"><link rel="stylesheet" href="theme/dracula.css">
<style>body{margin:0;background:#191a21}.CodeMirror{height:680px;font-size:15px}h1{font:20px sans-serif;color:#ddd;margin:8px}</style>
<h1>codemirror.js</h1><script src="lib/codemirror.js"></script><script src="mode/javascript/javascript.js"></script>
<script>fetch("src/edit/CodeMirror.js").then((answer) => answer.text()).then((value) => {
window.editor = CodeMirror(document.body, { value, theme: "dracula", lineNumbers: true, mode: "javascript" }) })</script>`;

const scroll = (pixels) => (page) => page.evaluate((top) => scrollBy({ top, behavior: "instant" }), pixels);
const key = (name) => (page) => page.keyboard.press(name);
const type = (text) => (page) => page.keyboard.type(text);
const line = (number) => (page) =>
  page.evaluate((to) => window.editor.scrollIntoView({ line: to, ch: 0 }, 200), number);
const click = (selector) => (page) => page.click(selector, { timeout: 5000 });
const open = (path) => (page, url) => page.goto(url + path);
const wait = () => {};

const SEQUENCES = [
  {
    name: "agency",
    package: "startbootstrap-agency@7.0.12",
    page: "dist/index.html",
    steps: [
      scroll(120),
      scroll(500),
      scroll(700),
      scroll(700),
      click(".portfolio-link"),
      scroll(300),
      key("Escape"),
      scroll(900),
    ],
  },
  {
    name: "blog",
    package: "startbootstrap-clean-blog@6.0.9",
    page: "dist/post.html",
    steps: [
      scroll(300),
      scroll(400),
      scroll(40),
      scroll(500),
      scroll(600),
      open("dist/contact.html"),
      scroll(300),
      click("#name"),
      type("Ada L"),
      type("ovelace"),
    ],
  },
  {
    name: "slides",
    package: "reveal.js@6.0.2",
    page: "demo.html",
    steps: [
      key("ArrowRight"),
      key("ArrowRight"),
      key("ArrowDown"),
      key("ArrowRight"),
      key("ArrowRight"),
      wait,
      key("ArrowRight"),
      key("Escape"),
      key("Escape"),
    ],
  },
  {
    name: "editor",
    package: "codemirror@5.65.21",
    page: "host.html",
    host: EDITOR,
    steps: [
      click(".CodeMirror"),
      type("// a"),
      type(" note"),
      line(60),
      line(63),
      line(140),
      key("Control+a"),
      key("ArrowLeft"),
      line(30),
    ],
  },
  {
    name: "forms",
    package: "uikit@3.25.29",
    page: "tests/form.html",
    jpeg: true,
    steps: [
      scroll(250),
      scroll(250),
      click("input"),
      type("some text"),
      scroll(600),
      open("tests/table.html"),
      scroll(200),
      open("tests/article.html"),
    ],
  },
  {
    name: "components-2x",
    package: "uikit@3.25.29",
    page: "tests/card.html",
    scale: 2,
    steps: [
      scroll(200),
      scroll(350),
      open("tests/dropdown.html"),
      click("button"),
      open("tests/text.html"),
      scroll(240),
    ],
  },
];

/** Records all of them into `folder`. */
export async function capture(folder) {
  const packages = await unpackPackages(SEQUENCES.map((sequence) => sequence.package));
  const browser = await launchChromium();
  try {
    for (const sequence of SEQUENCES) {
      const files = packages.get(sequence.package.replace(/@[^@]*$/, ""));
      const count = await record(browser, sequence, files, join(folder, sequence.name));
      console.log(`${sequence.name}: ${count} screenshots`);
    }
  } finally {
    await browser.close();
  }
}

async function record(browser, { page: path, host, steps, scale = 1, jpeg }, files, folder) {
  mkdirSync(folder, { recursive: true });
  const endpoint = (request, response) => {
    if (!host || request.url !== `/${path}`) return false;
    response.writeHead(200, { "content-type": "text/html" }).end(host);
    return true;
  };
  const server = await serveStatic(files, { endpoint });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, deviceScaleFactor: scale });
  try {
    const page = await context.newPage();
    // Nothing is loaded from elsewhere.
    await page.route(
      (url) => url.origin !== new URL(server.url).origin,
      (route) => route.abort(),
    );
    await page.goto(server.url + path, { waitUntil: "load" });
    const names = [];
    for (const step of [wait, ...steps]) {
      await step(page, server.url);
      await page.waitForTimeout(700);
      const name = `${String(names.length).padStart(3, "0")}.${jpeg ? "jpg" : "png"}`;
      const kind = jpeg ? { type: "jpeg", quality: 80 } : { type: "png" };
      writeFileSync(join(folder, name), await page.screenshot({ ...kind, animations: "allow" }));
      names.push(name);
    }
    writeFileSync(join(folder, "steps.json"), JSON.stringify({ steps: names.map((screenshot) => ({ screenshot })) }));
    return names.length;
  } finally {
    await context.close();
    server.close();
  }
}
