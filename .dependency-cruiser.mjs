// Which module may import which; `npm run check` enforces it (scripts/structure.mjs). Type imports count.

/** Folders of src/js from the bottom up: a folder imports from those before it. `.` holds what all folders share. */
export const LIBRARY_LAYERS = [
  ".",
  "failures",
  "options",
  "workers",
  "sources",
  "captions",
  "task-records",
  "runs",
  "platform",
  "inspect",
  "report",
  "client",
  "assembly",
  "api",
  "compare",
  "element",
];

const layerPath = (layer) => (layer === "." ? "^src/js/[^/]+$" : `^src/js/${layer}/`);

/** Modules that are loaded on demand. A static import would put them into the entry of whoever imports them. */
const LAZY = "\\.lazy\\.ts$";

const forbid = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

export default {
  forbidden: [
    forbid(
      "imports-exist",
      "What cannot be resolved cannot be checked by the rules below.",
      {},
      { path: "^\\.", couldNotResolve: true },
    ),
    forbid("no-circles", "Two modules that import each other cannot be read apart.", {}, { circular: true }),
    ...LIBRARY_LAYERS.slice(0, -1).map((layer, i) =>
      forbid(
        `library-layers-${layer}`,
        "A folder of src/js imports downwards only; the order stands in .dependency-cruiser.mjs.",
        { path: layerPath(layer) },
        { path: LIBRARY_LAYERS.slice(i + 1).map(layerPath) },
      ),
    ),
    forbid(
      "library-is-the-bottom",
      "src/js is used by the server, the command line and the entries, never the other way round.",
      { path: "^src/js/" },
      { path: "^src/(serve|node|cli|playwright|entries)/" },
    ),
    forbid(
      "server-runs-anywhere",
      "src/serve needs Request and Response only, so that it runs on any runtime.",
      { path: "^src/serve/" },
      { path: "^src/(node|cli|playwright|entries)/" },
    ),
    forbid(
      "node-is-a-platform",
      "src/node knows no command and no reporter.",
      { path: "^src/node/" },
      { path: "^src/(cli|playwright|entries)/" },
    ),
    forbid(
      "commands-are-no-entry",
      "Entries import the command line.",
      { path: "^src/cli/" },
      { path: "^src/(playwright|entries)/" },
    ),
    forbid(
      "reporter-is-no-entry",
      "The entry imports the reporter of Playwright Test, which has nothing to do with commands.",
      { path: "^src/playwright/" },
      { path: "^src/(cli|serve|entries)/" },
    ),
    forbid(
      "dashboard-is-a-user",
      "The dashboard uses the package by its public names, as its users do.",
      { path: "^www/src/" },
      { path: "^src/" },
    ),
    forbid(
      "only-node-touches-node",
      "Everything else runs in browsers too.",
      { path: "^(src/(js|serve)/|src/entries/(?!.*\\.node\\.ts$)|www/)" },
      { dependencyTypes: ["core"] },
    ),
    forbid(
      "lazy-stays-lazy",
      "A part that is loaded on demand is reached by import() alone.",
      {},
      { path: LAZY, dependencyTypesNot: ["dynamic-import"] },
    ),
    forbid(
      "no-dependencies-at-run-time",
      "Only what package.json lists may be imported; the build bundles it.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    ),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(pkg|dist)/" },
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js"] },
  },
};
