// The documentation as pages: every link in it leads somewhere, nothing is left out, and the package goes without it.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "task-gif";
import { exportsOf, undocumented } from "../../scripts/lib/docs/declarations.mjs";
import { renderMarkdown } from "../../scripts/lib/docs/markdown.mjs";
import { pictureSize } from "../../scripts/lib/docs/picture-size.mjs";
import { buildDocs } from "../../scripts/lib/docs/site.mjs";
import { imagesOf } from "../../scripts/lib/gif-parts.mjs";
import { png } from "../node/support/png.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let site;
let docs;

before(async () => {
  site = mkdtempSync(join(tmpdir(), "task-gif-site-"));
  docs = join(site, "docs");
  // What of the dashboard the pages link to.
  writeFileSync(join(site, "index.html"), "");
  cpSync(join(root, "www/public/favicon.svg"), join(site, "favicon.svg"));
  await buildDocs(docs);
});
after(() => rmSync(site, { recursive: true, force: true }));

const pages = () => readdirSync(docs).filter((name) => name.endsWith(".html"));
const html = (name) => readFileSync(join(docs, name), "utf8");
const idsOf = (text) => [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);

test("every guide is a page", () => {
  for (const name of readdirSync(join(root, "www/docs"))) {
    assert.ok(existsSync(join(docs, name.replace(/\.md$/, ".html"))), name);
  }
});

test("every link of the pages leads to a file and a place that are there", () => {
  let links = 0;
  for (const page of pages()) {
    for (const [, target] of html(page).matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      if (/^(?:https?|mailto):/.test(target)) continue;
      const [path, hash] = target.split("#");
      const file = path === "" ? join(docs, page) : resolve(docs, path);
      assert.ok(existsSync(file), `${page}: ${target}`);
      if (hash && !hash.startsWith("/")) {
        assert.ok(idsOf(readFileSync(file, "utf8")).includes(decodeURIComponent(hash)), `${page}: ${target}`);
      }
      links += 1;
    }
  }
  assert.ok(links > 500, `${links} links`);
});

test("no place has the name of another one on its page", () => {
  for (const page of pages()) {
    const ids = idsOf(html(page));
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
      page,
    );
  }
});

test("the reference has every export of every entry", () => {
  const reference = pages()
    .filter((name) => name.startsWith("api"))
    .map(html)
    .join("\n");
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const [entry, target] of Object.entries(exports)) {
    const types = target.types ?? target.node?.types;
    const exported = types ? exportsOf(join(root, types)) : [];
    if (exported.length === 0) continue; // a file to be addressed, not imported
    assert.ok(reference.includes(entry.replace(/^\./, "task-gif")), entry);
    for (const { name, members } of exported) {
      assert.ok(reference.includes(` id="${name}"`), `${entry}: ${name}`);
      for (const member of members) assert.ok(reference.includes(` id="${name}.${member.name}"`), member.name);
    }
  }
});

test("comments say what they say in the reference", () => {
  const [, text] = html("api-main.html").match(/id="Options\.maxBytes">[\s\S]*?<dd>([\s\S]*?)<\/dd>/);
  assert.match(text, /^<p>Bytes that the GIF may have at most[.;]/);
  assert.match(html("api-main.html"), /<a href="#TaskGif">TaskGif<\/a>/);
});

test("an export or a member without a comment fails the check", () => {
  const check = (folder) =>
    spawnSync(process.execPath, ["scripts/reference.mjs", folder], { cwd: root, encoding: "utf8" });
  const dist = mkdtempSync(join(tmpdir(), "task-gif-types-"));
  try {
    cpSync(join(root, "dist"), dist, { recursive: true, filter: (path) => !/\.(?:js|map|wasm)$/.test(path) });
    assert.equal(check(dist).status, 0);
    const types = readFileSync(join(dist, "js/public-types.d.ts"), "utf8");
    const without = types
      .replace(/ {4}\/\*\* Width of the GIF[^\n]*\n/, "")
      .replace(/\/\*\* Progress of an assembly. \*\/\n/, "");
    writeFileSync(join(dist, "js/public-types.d.ts"), without);
    const { status, stderr } = check(dist);
    assert.equal(status, 1);
    assert.match(stderr, /task-gif: Options\.width\n/);
    assert.match(stderr, /task-gif: Progress\n/);
    assert.doesNotMatch(stderr, /Options\.height/);
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
});

test("declarations are read as they are written", () => {
  const path = join(site, "sample.d.ts");
  writeFileSync(
    path,
    `export type * from "./other.js";
/** A base. */
declare class Base { /** Hidden. */ #x; /** From the base. */ get kept(): number; private secret; }
/** Promises. */
interface Promises { /** As promised. */ run(): void }
/** An heir. */
export declare class Heir extends Base implements Promises { run(): void; bare: string; }
/** One way. */
export declare function call(a: number): void;
export declare function call(a: string): void;
`,
  );
  writeFileSync(
    join(site, "other.d.ts"),
    "/** A\n * pair. */\nexport type Pair = { /** One. */ a: 1 } & Pick<Heir, 'bare'>;\n",
  );
  const items = exportsOf(path);
  assert.deepEqual(
    items.map(({ name, doc, members }) => [name, doc, members.map((member) => [member.name, member.doc])]),
    [
      [
        "Heir",
        "An heir.",
        [
          ["run", "As promised."],
          ["bare", ""],
          ["kept", "From the base."],
        ],
      ],
      ["Pair", "A\npair.", [["a", "One."]]],
      ["call", "One way.", []],
    ],
  );
  assert.deepEqual(undocumented(items), ["Heir.bare"]);
});

test("the pictures of the encoder are small, and as its script draws them", () => {
  const media = join(root, "www/media");
  execFileSync(process.execPath, ["scripts/record-encoder.mjs", site], { cwd: root });
  const names = readdirSync(site).filter((name) => name.startsWith("encoder-"));
  assert.deepEqual(
    names,
    readdirSync(media).filter((name) => name.startsWith("encoder-")),
  );
  const size = (folder, name) => pictureSize(readFileSync(join(folder, name)));
  // Colors go with the tuning of the encoder; the parts of the page that are shown do not.
  for (const name of names.filter((one) => one !== "encoder-palette.png")) {
    assert.deepEqual(size(site, name), size(media, name), name);
  }
  const bytes = names.reduce((sum, name) => sum + statSync(join(media, name)).size, 0);
  assert.ok(bytes <= 150_000, `${bytes} bytes`);
});

test("the images of a GIF are read as the file has them", async () => {
  const noise = Array.from({ length: 64 * 64 }, (_, at) => ((at * 2654435761) >>> 8) & 0xc0c0c0);
  const isBox = (at) => at % 64 >= 8 && at % 64 < 24 && at >= 64 * 4 && at < 64 * 10;
  const changed = noise.map((color, at) => (isBox(at) ? 0x123456 : color));
  const pictures = [noise, changed].map((colors) =>
    png(64, 64, (x, y) => [16, 8, 0].map((shift) => (colors[y * 64 + x] >> shift) & 255)),
  );
  const { blob } = await assembleGif(pictures, { lossy: 0, skipBlank: false });
  const [first, second] = imagesOf(new Uint8Array(await blob.arrayBuffer()));
  assert.deepEqual(
    first.indices.map((index) => first.palette[index]),
    noise,
  );
  const { left, top, width, height, palette, transparent, indices } = second;
  assert.deepEqual([left, top, width, height], [8, 4, 16, 6]);
  assert.ok(indices.every((index) => index === transparent || palette[index] === 0x123456));
});

test("anchors are those of GitHub", () => {
  const { headings } = renderMarkdown(
    "# T\n## From browser-use's `generate_gif`\n## A & b\n## A & b\n## The same, again?\n",
  );
  assert.deepEqual(
    headings.map(({ id }) => id),
    ["from-browser-uses-generate_gif", "a--b", "a--b-1", "the-same-again"],
  );
});

test("the package has the dashboard with the documentation, and one file of their font", () => {
  const packed = join(root, "dist/dashboard");
  assert.match(
    readFileSync(join(packed, "index.html"), "utf8"),
    /<meta name="documentation" content="\.\/docs\/index\.html"/,
  );
  for (const name of ["index.html", "quick-start.html", "api-main.html"]) {
    assert.ok(existsSync(join(packed, "docs", name)), name);
  }
  const fonts = readdirSync(packed, { recursive: true }).filter((name) => name.endsWith(".woff2"));
  assert.equal(fonts.length, 1, fonts.join());
  const style = readFileSync(join(packed, "docs/assets/docs.css"), "utf8");
  const [, latin] = /url\("?([^)"]*inter-latin-wght[^)"]*)"?\)/.exec(style);
  assert.ok(existsSync(join(packed, "docs/assets", latin)), latin);
});
