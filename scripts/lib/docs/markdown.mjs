// Markdown to the HTML of a page: headings get the anchors that GitHub gives them, links lead to where the target is in
// the site, code is highlighted.
import { Marked } from "marked";
import { escapeHtml, highlight } from "./highlight.mjs";

/**
 * Renders a text; returns `{ html, title, headings }`, where `title` is the text of the first heading, which is not part
 * of `html`, and `headings` are `{ level, id, html }`. `link(href)` returns where a link leads, and `image(href)`
 * `{ src, width, height }`.
 */
export function renderMarkdown(text, { link = (href) => href, image = (src) => ({ src }) } = {}) {
  const headings = [];
  const slug = slugs();
  let title = "";
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        if (depth === 1) {
          title = html;
          return "";
        }
        const id = slug(plain(html));
        headings.push({ level: depth, id, html });
        return heading(depth, id, html);
      },
      link({ href, tokens }) {
        return `<a href="${escapeHtml(link(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text: alt }) {
        const { src, width, height } = image(href);
        const size = width ? ` width="${width}" height="${height}"` : "";
        return `<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}"${size}>`;
      },
      code({ text: code, lang }) {
        return codeBlock(code, lang);
      },
      table({ header, rows, align }) {
        const row = (cells, tag) =>
          `<tr>${cells.map((cell, at) => tableCell(this.parser, cell, tag, align[at])).join("")}</tr>`;
        const body = rows.map((cells) => row(cells, "td")).join("\n");
        return scrolling(`<table><thead>${row(header, "th")}</thead><tbody>${body}</tbody></table>`, "Table");
      },
    },
  });
  const html = marked.parse(text);
  return { html, title, headings };
}

/** A heading that can be linked to. */
export function heading(level, id, html) {
  return `<h${level} id="${id}">${html} <a class="anchor" href="#${id}" aria-label="Link to ${escapeHtml(plain(html))}">#</a></h${level}>\n`;
}

/** A block of code. */
export function codeBlock(code, language) {
  return scrolling(`<pre><code>${highlight(code, language)}</code></pre>`, "Code");
}

/** Text of some HTML. */
export function plain(html) {
  return html
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .trim();
}

/** Gives headings the anchors that GitHub gives them, each once. */
export function slugs() {
  const seen = new Map();
  return (text) => {
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}

function tableCell(parser, { tokens }, tag, align) {
  const look = align === "right" ? ' class="right"' : "";
  const scope = tag === "th" ? ' scope="col"' : "";
  return `<${tag}${scope}${look}>${parser.parseInline(tokens)}</${tag}>`;
}

// What may be wider than the page scrolls by itself, by keyboard too.
function scrolling(html, label) {
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}">${html}</div>\n`;
}
