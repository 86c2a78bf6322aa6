// Code splitting makes a file of every module that some parts share and others do not. Modules that are loaded together
// anyway are kept together here, so that a page needs few requests, and compression has something to work on.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * An esbuild plugin that keeps the modules of each group in one chunk: whatever needs one of them needs them all.
 * `groups` are lists of paths from `root`; `inputs` and `outputs` are the metafile of the same build without it.
 */
export function keepTogether(root, groups, { inputs, outputs }) {
  const starts = Object.values(outputs).flatMap(({ entryPoint }) => entryPoint ?? []);
  const wanted = new Map();
  for (const start of starts) {
    const reached = reachedFrom(start, inputs);
    const names = groups.flatMap((group, i) => (group.some((path) => reached.has(path)) ? `group:${i}` : []));
    if (names.length > 0) wanted.set(join(root, start), names);
  }
  return {
    name: "keep-together",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^group:/ }, ({ path }) => ({ path, namespace: "group", sideEffects: true }));
      onLoad({ filter: /./, namespace: "group" }, ({ path }) => ({
        contents: groups[path.slice("group:".length)].map(importOf).join(""),
        resolveDir: root,
      }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const names = wanted.get(path);
        return names && { contents: readFileSync(path, "utf8") + names.map(importOf).join(""), loader: "ts" };
      });
    },
  };
}

const importOf = (path) => `\nimport ${JSON.stringify(path.startsWith("group:") ? path : `./${path}`)};`;

/** What a module has with it when it begins to run. */
function reachedFrom(start, inputs, reached = new Set()) {
  if (reached.has(start)) return reached;
  reached.add(start);
  for (const { path, kind, external } of inputs[start]?.imports ?? []) {
    if (kind === "import-statement" && !external) reachedFrom(path, inputs, reached);
  }
  return reached;
}
