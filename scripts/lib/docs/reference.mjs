// The pages of the API reference, out of the declarations and their comments.
import { join } from "node:path";
import { ENTRIES, TWINS } from "./contents.mjs";
import { exportsOf, packageDoc } from "./declarations.mjs";
import { escapeHtml } from "./highlight.mjs";
import { codeBlock, heading, renderMarkdown } from "./markdown.mjs";

const GROUPS = [
  { group: "function", title: "Functions" },
  { group: "class", title: "Classes" },
  { group: "constant", title: "Constants" },
  { group: "type", title: "Types" },
];

/** The entries of the package with what they export, from the declarations in `dist` and the sources in `source`. */
export function readEntries(dist, source) {
  return ENTRIES.map((entry) => ({
    ...entry,
    doc: packageDoc(join(source, entry.source)),
    items: exportsOf(join(dist, entry.types)),
  }));
}

/** The pages of the reference, the overview first: `{ name, title, html, headings }`. */
export function referencePages(entries) {
  const home = new Map();
  for (const { page, items } of entries) {
    for (const { name } of items) if (!home.has(name)) home.set(name, page);
  }
  return [overview(entries, home), ...entries.map((entry) => entryPage(entry, home))];
}

function overview(entries, home) {
  const headings = [];
  const parts = entries.map(({ name, page, doc, items }) => {
    const own = GROUPS.filter(({ group }) => group !== "type").flatMap(({ group }) =>
      items.filter((item) => item.group === group && home.get(item.name) === page),
    );
    headings.push({ level: 2, id: page, html: escapeHtml(name) });
    const list = own.map(
      (item) =>
        `<li><a href="${page}.html#${item.name}"><code>${item.name}</code></a> <span>${prose(firstSentence(item.doc), home, "api")}</span></li>`,
    );
    return [
      heading(2, page, `<a href="${page}.html">${escapeHtml(name)}</a>`),
      prose(doc, home, "api"),
      `<ul class="api-list">${list.join("\n")}</ul>`,
    ].join("\n");
  });
  const twins = TWINS.map(
    ({ name, of, why }) => `<li><code>${name}</code> is <code>${of}</code> ${prose(why, home, "api")}</li>`,
  );
  const intro =
    "<p>What each entry of the package exports, made from the comments in its sources. Wrong arguments are <code>TypeError</code>s that name the option; all other failures are <code>TaskGifError</code>s with a stable code.</p>";
  const html = `${intro}\n${parts.join("\n")}\n${heading(2, "the-same-once-more", "The same once more")}<ul class="api-list">${twins.join("\n")}</ul>`;
  return { name: "api", title: "API reference", html, headings };
}

function entryPage({ name, page, doc, items }, home) {
  const headings = [];
  const own = items.filter((item) => home.get(item.name) === page);
  const elsewhere = items.filter((item) => home.get(item.name) !== page);
  const parts = [prose(doc, home, page)];
  for (const { group, title } of GROUPS) {
    const those = own.filter((item) => item.group === group);
    if (those.length === 0) continue;
    headings.push({ level: 2, id: `${group}s`, html: title });
    parts.push(heading(2, `${group}s`, title));
    for (const item of those) {
      headings.push({ level: 3, id: item.name, html: item.name });
      parts.push(itemHtml(item, home, page));
    }
  }
  if (elsewhere.length > 0) {
    const links = elsewhere.map((item) => `<a href="${home.get(item.name)}.html#${item.name}">${item.name}</a>`);
    headings.push({ level: 2, id: "also-exported", html: "Also exported" });
    parts.push(heading(2, "also-exported", "Also exported"), `<p class="api-also">${links.join(", ")}</p>`);
  }
  return { name: page, title: escapeHtml(name), html: parts.join("\n"), headings };
}

function itemHtml({ name, group, doc, code, members }, home, page) {
  const rows = members.map(
    (member) =>
      `<dt id="${name}.${escapeHtml(member.name)}"><code>${linked(member.code, home, page)}</code></dt><dd>${prose(member.doc, home, page)}</dd>`,
  );
  // A type is told by its members; what else it is made of stays.
  const head = members.length > 0 && group === "type" ? code.replace(/\{[\s\S]*\}/, "{ … }") : code;
  const isPlain = /^(?:type|interface) \w+ (?:= )?\{ … \};?$/.test(head);
  return [
    heading(3, name, name),
    prose(doc, home, page),
    isPlain ? "" : withLinks(codeBlock(head, "ts"), home, page, name),
    rows.length > 0 ? `<dl class="api-members">${rows.join("\n")}</dl>` : "",
  ].join("\n");
}

/** A comment as HTML. */
function prose(text, home, page) {
  const markdown = text
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/^@throws /gm, "\n**Throws** ")
    .replace(/ @throws /g, " **Throws** ")
    .replace(/^@param (\S+) /gm, "\n`$1`: ");
  const { html } = renderMarkdown(markdown);
  return html.replace(/<code>(\w+)((?:\.\w+)?)<\/code>/g, (all, name, rest) => {
    const to = home.get(name);
    return to ? `<a href="${to === page ? "" : `${to}.html`}#${name}"><code>${name}${rest}</code></a>` : all;
  });
}

/** Code on one line, with links to the types in it. */
function linked(code, home, page) {
  return withLinks(escapeHtml(code.replace(/\s*\n\s*/g, " ")), home, page);
}

/** Names of exported types in some HTML become links, outside its tags and texts in quotes. */
function withLinks(html, home, page, self) {
  return html.replace(/<[^>]*>|&\w+;|"[^"]*"|[A-Za-z_]\w*/g, (word) => {
    const to = word !== self && home.get(word);
    return to ? `<a href="${to === page ? "" : `${to}.html`}#${word}">${word}</a>` : word;
  });
}

const firstSentence = (text) => /^[\s\S]*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
