// The documentation as pages beside the dashboard: the guides of www/docs, the examples, and the API reference.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../process.mjs";
import { StepError } from "../report.mjs";
import { ENTRIES, GUIDES } from "./contents.mjs";
import { escapeHtml } from "./highlight.mjs";
import { codeBlock, heading, plain, renderMarkdown, slugs } from "./markdown.mjs";
import { pageHtml } from "./page.mjs";
import { pictureSize } from "./picture-size.mjs";
import { readEntries, referencePages } from "./reference.mjs";

const SOURCE = join(ROOT, "www/docs");
const EXAMPLES = join(ROOT, "www/examples");
const DIST = join(ROOT, "dist");

/** Writes all pages, their style and their pictures into a folder. */
export async function buildDocs(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "assets"), { recursive: true });
  const pictures = new Map();
  const guides = GUIDES.map(({ title, names }) => ({ title, pages: names.map((name) => guidePage(name, pictures)) }));
  const reference = referencePages(readEntries(DIST, join(ROOT, "src/entries")));
  const examples = examplesPage();
  const groups = [...guides, { title: "Look up", pages: [examples, ...reference] }];
  assertComplete(guides);
  for (const page of [overview(groups), ...groups.flatMap(({ pages }) => pages)]) {
    writeFileSync(join(folder, `${page.name}.html`), pageHtml(page, groups));
  }
  for (const [name, path] of pictures) copyFileSync(path, join(folder, "assets", name));
  await bundleAssets(folder);
}

function guidePage(name, pictures) {
  const path = join(SOURCE, `${name}.md`);
  const text = readFileSync(path, "utf8");
  const link = (href) => siteLink(href, path);
  const image = (src) => {
    const file = resolve(dirname(path), src);
    pictures.set(basename(file), file);
    return { src: `assets/${basename(file)}`, ...pictureSize(readFileSync(file)) };
  };
  const page = renderMarkdown(text, { link, image });
  return { name, ...page, description: firstSentence(page.html) };
}

/** Where a link of a guide leads in the site: to a page, an example, or the repository for everything else. */
function siteLink(href, from) {
  if (/^(?:https?:|mailto:|#)/.test(href)) return href;
  const [path, fragment] = href.split("#");
  const file = resolve(dirname(from), path);
  if (!existsSync(file)) throw new StepError(`${relative(ROOT, from)} links to ${href}, which is not there`);
  const hash = fragment ? `#${fragment}` : "";
  if (dirname(file) === SOURCE && extname(file) === ".md") return `${basename(file, ".md")}.html${hash}`;
  if (file === EXAMPLES) return "examples.html";
  if (dirname(file) === EXAMPLES) return `examples.html#${slugs()(basename(file))}`;
  const { repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const web = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
  return `${web}/blob/main/${relative(ROOT, file).replaceAll("\\", "/")}${hash}`;
}

function examplesPage() {
  const slug = slugs();
  const headings = [];
  const parts = readdirSync(EXAMPLES)
    .sort()
    .map((name) => {
      const id = slug(name);
      headings.push({ level: 2, id, html: name });
      const code = readFileSync(join(EXAMPLES, name), "utf8").trimEnd();
      return heading(2, id, name) + codeBlock(code, extname(name).slice(1).replace("mjs", "js"));
    });
  const html = `<p>Whole programs to copy. Programs are run by the tests as they stand here, and what deploys is checked against its schema.</p>\n${parts.join("\n")}`;
  return { name: "examples", title: "Examples", html, headings };
}

function overview(groups) {
  const parts = groups.map(({ title, pages }) => {
    const cards = pages
      .filter(({ name }) => !ENTRIES.some(({ page }) => page === name))
      .map(
        ({ name, title: of, description = "", html }) =>
          `<li><a href="${name}.html"><strong>${of}</strong><span>${description || firstSentence(html)}</span></a></li>`,
      );
    return `<h2>${escapeHtml(title)}</h2>\n<ul class="docs-cards">${cards.join("\n")}</ul>`;
  });
  const intro = `<p>Guides for people who use the package, and what each part of it does. Every block of code here is run by the tests.</p>`;
  return { name: "index", title: "Documentation", html: [intro, ...parts].join("\n"), headings: [] };
}

function firstSentence(html) {
  const text = plain(/<p>([\s\S]*?)<\/p>/.exec(html)?.[1] ?? "").replace(/\s+/g, " ");
  return escapeHtml(/^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text);
}

function assertComplete(groups) {
  const names = new Set(groups.flatMap(({ pages }) => pages.map(({ name }) => `${name}.md`)));
  const missing = readdirSync(SOURCE).filter((name) => name.endsWith(".md") && !names.has(name));
  if (missing.length > 0) throw new StepError(`www/docs/${missing[0]} is not in scripts/lib/docs/contents.mjs`);
}

async function bundleAssets(folder) {
  await build({
    entryPoints: [join(ROOT, "www/src/docs/docs.ts"), join(ROOT, "www/src/docs/docs.css")],
    outdir: join(folder, "assets"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    loader: { ".woff2": "file" },
    assetNames: "[name]",
    logLevel: "warning",
  });
}
