// The site in www/: the dashboard, built by Vite against the package in dist/, and the documentation beside it.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageProgram } from "./npm.mjs";
import { ROOT, run } from "./process.mjs";
import { elapsed, StepError, say } from "./report.mjs";

export const WWW = join(ROOT, "www");
export const WWW_DIST = join(WWW, "dist");
/** The documentation as part of the site. */
export const DOCS = join(WWW_DIST, "docs");
/** The dashboard as part of the package, for `task-gif serve`. */
export const PACKED = join(ROOT, "dist", "dashboard");
const STAMP = join(ROOT, ".tools/www-built-from.txt");
const PACKED_STAMP = join(ROOT, ".tools/www-packed-from.txt");

/** Builds www/dist unless nothing it is made of has changed. */
export async function buildDashboard() {
  const parts = ["dist", "package-lock.json", "package.json", "scripts/lib/docs"].map((path) => join(ROOT, path));
  const source = fingerprint([WWW, ...parts]);
  if (existsSync(join(WWW_DIST, "index.html")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === source) {
    say("dashboard", "unchanged");
    return;
  }
  const since = Date.now();
  await run(process.execPath, [packageProgram("vite/bin/vite.js"), "build", WWW, "--logLevel", "warn"], {
    cwd: WWW,
    what: "vite build",
  });
  // Loaded here because set-up may have installed what it needs a moment ago.
  const { buildDocs } = await import("./docs/site.mjs");
  await buildDocs(DOCS);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, source);
  say("dashboard", `built in ${elapsed(since)}`);
}

/**
 * Puts the built dashboard and the documentation into the package, without what is large and not needed there: the
 * samples, the wasm that the package has already, and the fonts of other scripts, for which the reader's own stand in.
 * What is packed already stays, so that a server that reads it finds it.
 */
export function packDashboard() {
  const source = readFileSync(STAMP, "utf8");
  const isPacked = existsSync(join(PACKED, "index.html")) && existsSync(PACKED_STAMP);
  if (isPacked && readFileSync(PACKED_STAMP, "utf8") === source) return;
  const isLeftOut = (path) =>
    /(?:^|[\\/])tasks$|\.wasm$|-(?:cyrillic|greek|vietnamese|latin-ext)[^\\/]*\.woff2$/.test(path);
  for (const path of [PACKED_STAMP, PACKED]) rmSync(path, { recursive: true, force: true });
  cpSync(WWW_DIST, PACKED, { recursive: true, filter: (path) => !isLeftOut(path) });
  shareFont();
  writeFileSync(PACKED_STAMP, source);
}

/** One font file for the dashboard and the documentation, which name it after its content and as it is. */
function shareFont() {
  const latin = /^inter-latin-wght-normal.*\.woff2$/;
  const find = (folder) => readdirSync(join(PACKED, folder)).find((name) => latin.test(name));
  const [ofDashboard, ofDocs] = [find("assets"), find("docs/assets")];
  const style = join(PACKED, "docs/assets/docs.css");
  const text = readFileSync(style, "utf8");
  const shared = text.replaceAll(`./${ofDocs}`, `../../assets/${ofDashboard}`);
  if (!ofDashboard || shared === text) throw new StepError("the font of the documentation is not where its style says");
  writeFileSync(style, shared);
  rmSync(join(PACKED, "docs/assets", ofDocs));
}

// Small files by content, since a build writes the same ones again; media by size and time.
function fingerprint(paths) {
  const hash = createHash("sha256");
  const visit = (path) => {
    if (path === WWW_DIST || path === PACKED) return;
    const stats = statSync(path);
    if (stats.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(`${path}\n${stats.size}\n`);
      hash.update(/\.(?:png|jpe?g|webp|gif)$/.test(path) ? String(stats.mtimeMs) : readFileSync(path));
    }
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}
