// What a new project of each framework has besides the files that the guide shows: `dependencies`, `files`, the commands of
// `build`, and `start` of its server, or `output` where files are built.
const ANGULAR_BUILD = {
  builder: "@angular/build:application",
  options: {
    browser: "src/main.ts",
    index: "src/index.html",
    tsConfig: "tsconfig.json",
    outputPath: "built",
    assets: [
      { glob: "**/*", input: "public" },
      { glob: "{worker.js,*.wasm}", input: "node_modules/task-gif/dist", output: "/" },
    ],
  },
};

const page = (body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Replay</title></head><body>${body}</body></html>`;

export const FRAMEWORKS = {
  "Next.js": {
    dependencies: { next: "^16.4.6", react: "^19.3.1", "react-dom": "^19.3.1" },
    files: {
      "app/layout.jsx":
        'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
    },
    build: [["next/dist/bin/next", "build"]],
    start: ["node_modules/next/dist/bin/next", "start", "--port", "PORT"],
  },
  Nuxt: {
    dependencies: { nuxt: "^4.4.5" },
    files: { "nuxt.config.ts": 'export default defineNuxtConfig({ compatibilityDate: "2026-01-01" });' },
    build: [["nuxt/bin/nuxt.mjs", "build"]],
    start: [".output/server/index.mjs"],
  },
  SvelteKit: {
    dependencies: {
      "@sveltejs/kit": "^3.2.0",
      "@sveltejs/adapter-node": "^6.0.1",
      "@sveltejs/vite-plugin-svelte": "^7.0.0",
      svelte: "^5.57.0",
      vite: "^8.4.0",
    },
    files: {
      "src/app.html":
        '<!doctype html><html lang="en"><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>',
      "vite.config.js": `import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [sveltekit({ adapter: adapter() })] });`,
    },
    publicFolder: "static",
    build: [["vite/bin/vite.js", "build"]],
    start: ["build/index.js"],
  },
  Astro: {
    dependencies: { astro: "^7.3.5", "@astrojs/node": "*" },
    files: {
      "astro.config.mjs": `import node from "@astrojs/node";
import { defineConfig } from "astro/config";
export default defineConfig({ adapter: node({ mode: "standalone" }) });`,
    },
    build: [["astro/bin/astro.mjs", "build"]],
    start: ["dist/server/entry.mjs"],
  },
  "React Router": {
    dependencies: {
      "react-router": "8.4.0",
      "@react-router/dev": "8.4.0",
      "@react-router/node": "8.4.0",
      "@react-router/serve": "8.4.0",
      react: "^19.3.1",
      "react-dom": "^19.3.1",
      isbot: "*",
      vite: "^8.4.0",
    },
    files: {
      "app/root.jsx": `import { Outlet, Scripts } from "react-router";
export default function App() { return <html lang="en"><body><Outlet /><Scripts /></body></html>; }`,
      "app/routes.js": `import { index, route } from "@react-router/dev/routes";
export default [index("routes/home.jsx"), route("replay.gif", "routes/replay.js")];`,
      "vite.config.js": `import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [reactRouter()] });`,
    },
    build: [["@react-router/dev/bin.cjs", "build"]],
    start: ["node_modules/@react-router/serve/bin.cjs", "build/server/index.js"],
  },
  Angular: {
    dependencies: {
      ...Object.fromEntries(
        ["cli", "build", "core", "common", "compiler", "compiler-cli", "platform-browser"].map((name) => [
          `@angular/${name}`,
          "^22.2.0",
        ]),
      ),
      rxjs: "^7.8.0",
      tslib: "^2.8.0",
      typescript: "~6.0.3",
    },
    files: {
      "angular.json": JSON.stringify({
        version: 1,
        projects: {
          app: { projectType: "application", root: "", sourceRoot: "src", architect: { build: ANGULAR_BUILD } },
        },
      }),
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          strict: true,
          target: "es2022",
          module: "preserve",
          lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
          types: [],
        },
        files: ["src/main.ts"],
      }),
      "src/index.html": page('<base href="/"><app-root></app-root>'),
    },
    build: [["@angular/cli/bin/ng.js", "build"]],
    output: "built/browser",
  },
};
