import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { DOCS } from "../scripts/lib/dashboard.mjs";
import { buildDocs } from "../scripts/lib/docs/site.mjs";
import { sampleEndpoint } from "../scripts/lib/sample-endpoint.mjs";
import { offlineFiles } from "./build/offline.ts";

/**
 * The policy of the built page. Vite's own server needs inline styles and a socket, so it goes without.
 * `wasm-unsafe-eval` lets WebAssembly compile; it does not allow eval of JavaScript.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
    ],
  };
}

const inPackage = (path: string) => fileURLToPath(new URL(`../dist/${path}`, import.meta.url));

/** While developing, Vite answers for the task endpoint too, as `npm start` does. */
function taskEndpoint(): Plugin {
  const endpoint = sampleEndpoint(fileURLToPath(new URL("public/tasks", import.meta.url)));
  return {
    name: "task-endpoint",
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        endpoint(request, response).then((done) => done || next(), next);
      });
    },
  };
}

/** While developing, the documentation is made anew for every page of it that is asked for. */
function documentation(): Plugin {
  const types: Record<string, string> = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".js": "text/javascript",
    ".png": "image/png",
    ".woff2": "font/woff2",
  };
  return {
    name: "documentation",
    configureServer: ({ middlewares }) => {
      middlewares.use("/docs", (request, response, next) => {
        const path = new URL(request.url ?? "", "http://localhost").pathname;
        const type = /^\/(assets\/)?[\w-]+\.\w+$/.test(path) && types[extname(path)];
        if (!type) return next();
        const made = type === "text/html" ? buildDocs(DOCS) : Promise.resolve();
        made
          .then(() => readFile(join(DOCS, path)))
          .then((bytes) => response.setHeader("content-type", type).end(bytes), next);
      });
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative addresses: the built page works in any folder of any static server.
  base: "./",
  plugins: [contentSecurityPolicy(), taskEndpoint(), documentation(), offlineFiles()],
  resolve: {
    // The package by its public name, as its users import it, out of the build beside us.
    alias: [
      { find: /^task-gif$/, replacement: inPackage("index.js") },
      { find: /^task-gif\/define$/, replacement: inPackage("element/define.js") },
      { find: /^task-gif\/failures$/, replacement: inPackage("failures/index.js") },
      { find: /^task-gif\/inspect$/, replacement: inPackage("inspect.js") },
      { find: /^task-gif\/report$/, replacement: inPackage("report/index.js") },
      { find: /^task-gif\/runs$/, replacement: inPackage("runs/index.js") },
    ],
  },
  build: {
    target: "es2022",
    // Fonts and wasm as files: data: URLs are larger and the policy refuses them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "worker/service-worker.ts" },
      // The worker's place and name are its identity; all else is named after its content.
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
  worker: { format: "es" },
});
