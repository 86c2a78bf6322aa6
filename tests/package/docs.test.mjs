// The guides and the README: every block of code is type-checked against the built package, every link leads somewhere.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { renderMarkdown } from "../../scripts/lib/docs/markdown.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guides = readdirSync(join(root, "www/docs")).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ".github/CONTRIBUTING.md", ...guides.map((name) => `www/docs/${name}`)];

/** What a block may use without saying where it comes from: names of the reader's own, and other people's packages. */
const FOREIGN = [
  /error TS(?:2304|2552|2582|18004|7026|2875|7016|2664)\b/,
  /error TS2307: Cannot find module '(?!task-gif)/,
  /error TS2339: .* on type '(?:Element|Event)'/,
];

function blocks(page) {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(js|ts|tsx|jsx)\n([\s\S]*?)^```/gm)].map(([, language, code]) => ({ language, code }));
}

test("every block of code is right as far as its types go", () => {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-docs-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/task-gif"), "dir");
    const files = [];
    for (const page of pages) {
      blocks(page).forEach(({ language, code }, index) => {
        const name = `${page.replace(/\W+/g, "-")}-${index + 1}.${/x$/.test(language) ? "tsx" : "ts"}`;
        writeFileSync(join(folder, name), `${code}\nexport {};\n`);
        files.push(name);
      });
    }
    assert.ok(files.length >= 20, `${files.length} blocks`);
    const compilerOptions = {
      noEmit: true,
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      jsx: "react-jsx",
      strict: false,
      lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
      types: ["node"],
      customConditions: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
      preserveSymlinks: true,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    let output = "";
    try {
      execFileSync(
        process.execPath,
        [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"],
        { encoding: "utf8" },
      );
    } catch (error) {
      output = error.stdout;
    }
    const mistakes = output
      .split("\n")
      .filter((line) => /error TS/.test(line) && !FOREIGN.some((kind) => kind.test(line)));
    assert.deepEqual(mistakes, []);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A page without its code, where brackets are no links. */
const prose = (page) =>
  readFileSync(join(root, page), "utf8")
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "");

test("every link to a file of the repository leads somewhere, to its heading too", () => {
  for (const page of pages) {
    for (const [, target] of prose(page).matchAll(/\]\((?!https?:)([^)\s]+)/g)) {
      const [path, hash] = target.split("#");
      const file = path === "" ? join(root, page) : resolve(root, dirname(page), path);
      assert.ok(existsSync(file), `${page}: ${target}`);
      if (!hash) continue;
      const { headings } = renderMarkdown(readFileSync(file, "utf8"));
      assert.ok(
        headings.some(({ id }) => id === hash),
        `${page}: ${target}`,
      );
    }
  }
});

test("the README leads to every guide", () => {
  const text = prose("README.md");
  for (const name of guides) assert.ok(text.includes(`(www/docs/${name})`), name);
});

test("every code of the errors is in the README", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const codes = readFileSync(join(root, "src/model/error.rs"), "utf8").matchAll(/=> "([A-Z_]+)",/g);
  for (const [, code] of codes) assert.ok(readme.includes(`\`${code}\``), code);
  for (const name of readdirSync(join(root, "src/js"), { recursive: true }).filter((path) => path.endsWith(".ts"))) {
    const text = readFileSync(join(root, "src/js", name), "utf8");
    for (const [, code] of text.matchAll(/new TaskGifError\(\s*"([A-Z_]+)"/g)) {
      assert.ok(readme.includes(`\`${code}\``), `${name}: ${code}`);
    }
  }
});
