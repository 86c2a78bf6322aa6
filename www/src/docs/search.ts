// The search of the documentation. It fetches all pages on first use. There is no separate index, which could be out of date.
import MiniSearch from "minisearch";

/** A heading with the text below it. */
type Section = { id: number; href: string; title: string; page: string; text: string };

const HEADINGS = "h1, h2[id], h3[id], dt[id]";
const MOST_FOUND = 12;
const EXCERPT_LETTERS = 110;

/** Adds the search above `nav`, the list of pages, whose links give the pages to search. */
export function addSearch(nav: HTMLElement): void {
  const form = document.createElement("form");
  form.role = "search";
  form.className = "docs-search";
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Search";
  input.autocomplete = "off";
  input.setAttribute("aria-label", "Search the documentation");
  const summary = document.createElement("p");
  summary.role = "status";
  const list = document.createElement("ul");
  form.append(input, summary, list);
  nav.before(form);
  const addresses = [...nav.querySelectorAll("a")].map(({ href }) => href);

  let index: Promise<MiniSearch<Section>> | undefined;
  const show = async () => {
    const words = input.value.trim();
    nav.hidden = words !== "";
    if (words === "") {
      summary.textContent = "";
      list.replaceChildren();
      return;
    }
    index ??= readPages(addresses).then(indexOf);
    try {
      const found = (await index).search(words) as unknown as (Section & { terms: string[] })[];
      if (words !== input.value.trim()) return;
      summary.textContent = found.length === 0 ? "Nothing found" : `${found.length} found`;
      list.replaceChildren(...found.slice(0, MOST_FOUND).map(foundItem));
    } catch {
      index = undefined;
      summary.textContent = "The pages could not be read; the search needs them from a server.";
    }
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  addEventListener("keydown", (event) => {
    const isTyping = (event.target as Element).matches("input, textarea");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    nav.closest("details")?.setAttribute("open", "");
    input.focus();
  });
}

async function readPages(addresses: readonly string[]): Promise<Section[]> {
  const pages = await Promise.all(
    addresses.map(async (href) => {
      const response = await fetch(href);
      if (!response.ok) throw new Error(`${href}: HTTP status ${response.status}`);
      return sectionsOf(new DOMParser().parseFromString(await response.text(), "text/html"), href);
    }),
  );
  return pages.flat().map((section, id) => ({ ...section, id }));
}

/** The text of a page, divided at its headings. */
function sectionsOf(page: Document, href: string): Omit<Section, "id">[] {
  const article = page.querySelector("article");
  if (!article) return [];
  const sections: Omit<Section, "id">[] = [];
  const title = words(article.querySelector("h1"));
  const walker = page.createTreeWalker(article, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (!node.matches(HEADINGS)) continue;
      const at = node.id ? `${href}#${node.id}` : href;
      sections.push({ href: at, title: words(node), page: title, text: "" });
    } else if (!node.parentElement?.closest(HEADINGS)) {
      const section = sections.at(-1);
      if (section) section.text += ` ${node.nodeValue}`;
    }
  }
  return sections.map((section) => ({ ...section, text: section.text.replace(/\s+/g, " ").trim() }));
}

function indexOf(sections: readonly Section[]): MiniSearch<Section> {
  const index = new MiniSearch<Section>({
    fields: ["title", "page", "text"],
    storeFields: ["href", "title", "page", "text"],
    searchOptions: {
      boost: { title: 4, page: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.15 : false),
      combineWith: "AND",
    },
  });
  index.addAll(sections);
  return index;
}

function foundItem({ href, title, page, text, terms }: Section & { terms: string[] }): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  const name = document.createElement("strong");
  name.textContent = title === page ? title : `${page}: ${title}`;
  const excerpt = document.createElement("span");
  excerpt.textContent = excerptOf(text, terms);
  link.append(name, excerpt);
  item.append(link);
  return item;
}

/** Returns an excerpt of `text` around the first of `terms`. */
function excerptOf(text: string, terms: readonly string[]): string {
  const lower = text.toLowerCase();
  const at = Math.min(...terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0));
  if (!Number.isFinite(at)) return text.slice(0, EXCERPT_LETTERS);
  const start = text.lastIndexOf(" ", Math.max(0, at - EXCERPT_LETTERS / 3)) + 1;
  return `${start > 0 ? "… " : ""}${text.slice(start, start + EXCERPT_LETTERS)}`;
}

function words(element: Element | null): string {
  return element?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
