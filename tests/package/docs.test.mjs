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
    // What the matrix builds with the frameworks' own types is not checked without them.
    for (const page of pages.filter((name) => !name.endsWith("/meta-frameworks.md"))) {
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

/** Codes of errors, by the file that gives them out. */
function errorCodes() {
  const codes = [];
  const collect = (path, pattern) => {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, code] of text.matchAll(pattern)) codes.push({ path, code });
  };
  for (const path of ["src/model/error.rs", ...filesIn("src/client", ".rs")])
    collect(path, /=> "([A-Z]+(?:_[A-Z]+)*)",/g);
  for (const folder of ["src/js", "src/cli", "src/serve", "src/node"]) {
    for (const path of filesIn(folder, ".ts")) collect(path, /new \w*Error\(\s*"([A-Z]+(?:_[A-Z]+)*)"/g);
  }
  return codes;
}

const filesIn = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

test("every code of an error is in the guide to errors, and the guide has no others", () => {
  const guide = readFileSync(join(root, "www/docs/errors.md"), "utf8");
  const codes = errorCodes();
  for (const path of ["src/model/error.rs", "src/client", "src/js", "src/cli", "src/serve"]) {
    assert.ok(
      codes.some((found) => found.path.startsWith(path)),
      path,
    );
  }
  for (const { path, code } of codes) assert.ok(guide.includes(`\`${code}\``), `${path}: ${code}`);
  const known = new Set(codes.map(({ code }) => code));
  const listed = [...guide.matchAll(/^\|([^|]+)\|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([A-Z_]+)`/g)]);
  assert.ok(listed.length > 20, `${listed.length} codes in the guide`);
  for (const [, code] of listed) assert.ok(known.has(code) || isBuilt(code), `${code} is in no source`);
});

/** Whether a code stands in a source in some other way than in a call of a constructor. */
function isBuilt(code) {
  const folders = [
    ["src", ".rs"],
    ["src", ".ts"],
  ];
  return folders.some(([folder, ending]) =>
    filesIn(folder, ending).some((path) => readFileSync(join(root, path), "utf8").includes(`"${code}"`)),
  );
}

test("the README can be read in a few minutes", () => {
  const words = readFileSync(join(root, "README.md"), "utf8").split(/\s+/).length;
  assert.ok(words <= 900, `${words} words`);
});

test("every warning of a run is in the guide to records", () => {
  const types = readFileSync(join(root, "src/js/runs/run.ts"), "utf8");
  const [, union] = types.match(/export type RunWarningCode =([^;]+);/);
  const codes = [...union.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => code);
  assert.ok(codes.length > 10, `${codes.length} codes`);
  const guide = readFileSync(join(root, "www/docs/records.md"), "utf8");
  for (const code of codes) assert.ok(guide.includes(`\`${code}\``), code);
});
