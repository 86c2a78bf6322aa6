// The frame around a page of the documentation: the dashboard's head, the list of all pages, and what is on this one.
import { escapeHtml } from "./highlight.mjs";
import { plain } from "./markdown.mjs";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";
const MARK =
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" class="mark-ground"/><rect x="6.5" y="8" width="14" height="11" rx="2.5" fill="#fff" opacity=".38"/><rect x="9.5" y="11" width="16" height="13" rx="2.5" fill="#fff"/><path d="M15.4 14.3v6.4l5.4-3.2z" class="mark-ground"/></svg>';

/**
 * A page as HTML: `{ name, title, html, headings }` in the frame. `groups` are `{ title, pages: [{ name, title }] }`, in
 * the order in which they are read.
 */
export function pageHtml({ name, title, html, headings, description = "" }, groups) {
  const pages = groups.flatMap((group) => group.pages);
  const at = pages.findIndex((page) => page.name === name);
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${description && `<meta name="description" content="${escapeHtml(description)}">\n`}<title>${escapeHtml(plain(title))} · task-gif</title>
<link rel="icon" href="../favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="assets/docs.css">
<script src="assets/docs.js"></script>
</head>
<body class="docs">
<a class="skip-link" href="#main">Skip to content</a>
<header class="topbar">
<a class="brand" href="../index.html" aria-label="task-gif, tasks">${MARK}<span>task-gif</span></a>
<nav class="topnav" aria-label="Main"><a href="../index.html">Tasks</a><a href="../index.html#/new">New replay</a><a href="index.html" aria-current="page">Docs</a></nav>
</header>
<div class="docs-frame">
<details class="docs-menu" open>
<summary>All pages</summary>
<nav aria-label="Documentation">
${groups.map((group) => menuGroup(group, name)).join("\n")}
</nav>
</details>
<main id="main" tabindex="-1">
<article${name.startsWith("api") ? ' class="api"' : ""}>
<h1>${title}</h1>
${html}
</article>
${turns(pages[at - 1], pages[at + 1])}
</main>
${onThisPage(headings)}
</div>
</body>
</html>
`;
}

function menuGroup({ title, pages }, current) {
  const links = pages.map((page) => {
    const here = page.name === current ? ' aria-current="page"' : "";
    return `<li><a href="${page.name}.html"${here}>${page.title}</a></li>`;
  });
  return `<p>${title}</p>\n<ul>${links.join("")}</ul>`;
}

function onThisPage(headings) {
  if (headings.length < 2) return "";
  const links = headings.map(
    ({ level, id, html }) => `<li class="level-${level}"><a href="#${id}">${unlinked(html)}</a></li>`,
  );
  return `<nav class="docs-contents" aria-label="On this page"><p>On this page</p><ul>${links.join("")}</ul></nav>`;
}

const unlinked = (html) => html.replace(/<\/?a\b[^>]*>/g, "");

function turns(before, after) {
  const link = (page, rel, words) =>
    page ? `<a rel="${rel}" href="${page.name}.html"><span>${words}</span>${page.title}</a>` : "<span></span>";
  if (!before && !after) return "";
  return `<nav class="docs-turns" aria-label="Before and after">${link(before, "prev", "Before")}${link(after, "next", "Next")}</nav>`;
}
