// Code with its words marked by kind, while the site is built; pages need no script for it.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import css from "highlight.js/lib/languages/css";
import javascript from "highlight.js/lib/languages/javascript";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";

const LANGUAGES = { bash, css, javascript, python, typescript, xml };
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

const KNOWN_AS = { js: "javascript", jsx: "javascript", ts: "typescript", tsx: "typescript", sh: "bash" };
KNOWN_AS.html = KNOWN_AS.vue = KNOWN_AS.svelte = "xml";

/** HTML of some code; in a language that is not known, or none, it is the code and nothing more. */
export function highlight(code, name = "") {
  const language = KNOWN_AS[name] ?? name;
  return hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : escapeHtml(code);
}

/** Text as HTML. */
export function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
