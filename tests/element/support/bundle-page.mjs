// Bundles a page of a framework, with the compiler that belongs to it.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transformAsync } from "@babel/core";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, "utf8"), { generate: "client", filename: path });
      return { contents: js.code, loader: "js" };
    });
  },
};

const reactCompiler = {
  name: "react-compiler",
  setup({ onLoad }) {
    onLoad({ filter: /\.jsx$/ }, async ({ path }) => {
      const { code } = await transformAsync(await readFile(path, "utf8"), {
        filename: path,
        configFile: false,
        babelrc: false,
        parserOpts: { plugins: ["jsx"] },
        plugins: [["babel-plugin-react-compiler", { panicThreshold: "all_errors" }]],
      });
      if (!code.includes("react/compiler-runtime")) throw new Error("the React Compiler compiled nothing");
      return { contents: code, loader: "jsx" };
    });
  },
};

/** The script of a page below `support/`. With `isCompiled` React pages go through the React Compiler. */
export async function bundlePage(path, { isCompiled = false } = {}) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    bundle: true,
    format: "esm",
    write: false,
    jsx: "automatic",
    conditions: ["browser"],
    plugins: isCompiled ? [svelte, reactCompiler] : [svelte],
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
  });
  return outputFiles[0].text;
}
