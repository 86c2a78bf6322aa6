import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

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

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative addresses: the built page works in any folder of any static server.
  base: "./",
  plugins: [contentSecurityPolicy()],
  resolve: {
    // The package by its public name, as its users import it, out of the build beside us.
    alias: [{ find: /^task-gif$/, replacement: fileURLToPath(new URL("../dist/index.js", import.meta.url)) }],
  },
  build: {
    target: "es2022",
    // Fonts and wasm as files: data: URLs are larger and the policy refuses them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});
