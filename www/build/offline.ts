import { createHash } from "node:crypto";
import type { Plugin } from "vite";

/** Files with fixed names that the page needs, beside what the bundler writes. */
const FIXED = ["", "favicon.svg", "manifest.webmanifest"];
/** Other alphabets are kept when a text has needed them. */
const OTHER_FONTS = /\.woff2$(?<!-latin-wght-normal-[^/]*)/;

/** Tells the service worker which files this build consists of, and names the build after them. */
export function offlineFiles(): Plugin {
  return {
    name: "offline-files",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle["sw.js"];
        if (worker?.type !== "chunk") throw new Error("the service worker was not built");
        const files = Object.keys(bundle).filter(
          (name) => name.startsWith("assets/") && !name.endsWith(".map") && !OTHER_FONTS.test(name),
        );
        const page = bundle["index.html"];
        const hash = createHash("sha256").update(files.sort().join("\n"));
        if (page?.type === "asset") hash.update(page.source);
        const build = hash.digest("hex").slice(0, 12);
        const names = JSON.stringify([...FIXED, ...files]);
        worker.code = `const BUILD=${JSON.stringify(build)},FILES=${names};${worker.code}`;
      },
    },
  };
}
