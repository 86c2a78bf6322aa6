// Components of the guides as modules that a browser can load; the package itself stays outside of them.
import { fileURLToPath } from "node:url";
import { compileScript, parse } from "@vue/compiler-sfc";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const MOUNT = {
  tsx: `import { createElement, StrictMode } from "react"; import { createRoot } from "react-dom/client";
    export const mount = (place, props) => {
      const root = createRoot(place);
      root.render(createElement(StrictMode, null, createElement(Component, props)));
      return root;
    };`,
  vue: `import { createApp } from "vue"; export const mount = (place, props) => createApp(Component, props).mount(place);`,
  svelte: `import { mount as start } from "svelte"; export const mount = (target, props) => start(Component, { target, props });`,
};

/** A module that exports `mount(place, props)` for a component; `name` is its export, where it has one. */
export async function componentModule(language, code, name = "default") {
  const contents = `import { ${name} as Component } from "component";\n${MOUNT[language]}`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "error",
    jsx: "automatic",
    conditions: ["browser"],
    external: ["task-gif", "task-gif/*"],
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    plugins: [
      {
        name: "component",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^component$/ }, () => ({ path: "component", namespace: "component" }));
          onLoad({ filter: /.*/, namespace: "component" }, () => ({
            contents: compiled(language, code),
            loader: language === "tsx" ? "tsx" : "js",
            resolveDir: ROOT,
          }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

function compiled(language, code) {
  if (language === "vue") {
    const { descriptor, errors } = parse(code);
    if (errors.length > 0) throw errors[0];
    return compileScript(descriptor, { id: "component", inlineTemplate: true }).content;
  }
  return language === "svelte" ? compile(code, { generate: "client", dev: true }).js.code : code;
}
