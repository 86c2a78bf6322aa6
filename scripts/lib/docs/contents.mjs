// What the documentation consists of, in reading order. A guide's title is its first heading.

/** Groups of guides in www/docs, by their names. */
export const GUIDES = [
  {
    title: "Begin",
    names: [
      "quick-start",
      "records",
      "recipes",
      "live-recording",
      "task-endpoint",
      "frameworks",
      "meta-frameworks",
      "migrating",
    ],
  },
  {
    title: "Make it yours",
    names: [
      "options",
      "captions",
      "click-markers-and-redaction",
      "size-limit",
      "length",
      "camera",
      "element",
      "list-of-runs",
      "compare",
      "offline-reports",
    ],
  },
  { title: "Run it", names: ["command-line", "self-hosting", "deployment", "security", "reliability", "errors"] },
  { title: "Understand it", names: ["how-it-works", "own-worker", "architecture", "benchmarks"] },
];

/**
 * Entries of the package: `page` is the name of the page, `types` the declarations in dist/, and `source` in src/entries has
 * the words on the entry as a whole.
 */
export const ENTRIES = [
  { name: "task-gif", page: "api-main", types: "index.d.ts", source: "index.ts" },
  { name: "task-gif/client", page: "api-client", types: "client/index.d.ts", source: "client/index.ts" },
  { name: "task-gif/compare", page: "api-compare", types: "compare/index.d.ts", source: "compare/index.ts" },
  { name: "task-gif/element", page: "api-element", types: "element/index.d.ts", source: "element/index.ts" },
  { name: "task-gif/failures", page: "api-failures", types: "failures/index.d.ts", source: "failures/index.ts" },
  { name: "task-gif/inspect", page: "api-inspect", types: "inspect.d.ts", source: "inspect.ts" },
  {
    name: "task-gif/playwright",
    page: "api-playwright",
    types: "playwright.node.d.ts",
    source: "playwright.node.ts",
  },
  { name: "task-gif/report", page: "api-report", types: "report/index.d.ts", source: "report/index.ts" },
  { name: "task-gif/runs", page: "api-runs", types: "runs/index.d.ts", source: "runs/index.ts" },
  { name: "task-gif/wasm", page: "api-wasm", types: "wasm.d.ts", source: "wasm.ts" },
  { name: "task-gif/serve", page: "api-serve", types: "serve/index.node.d.ts", source: "serve/index.node.ts" },
];

/** Entries that have what another one has, and why there are two. */
export const TWINS = [
  {
    name: "task-gif/inline",
    of: "task-gif",
    why: "with the worker and the wasm inside, for pages that can load no file",
  },
  { name: "task-gif/define", of: "task-gif/element", why: "which registers `<task-gif>` when it is loaded" },
];
