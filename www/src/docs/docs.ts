// The script of the documentation pages: the theme of the dashboard, a menu that folds on small screens, the search, and buttons that
// copy code. The pages can be read without it.
import { applyTheme, themeButton } from "../ui/theme.ts";
import { addSearch } from "./search.ts";

const COPIED_MS = 1500;

// Before the first paint.
applyTheme();
addEventListener("DOMContentLoaded", () => {
  document.querySelector(".topbar")?.append(themeButton());
  const menu = document.querySelector<HTMLDetailsElement>(".docs-menu");
  const narrow = matchMedia("(max-width: 899px)");
  const fold = () => {
    if (menu) menu.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();
  const pages = menu?.querySelector("nav");
  if (pages) addSearch(pages);
  const here = menu?.querySelector<HTMLElement>("[aria-current]");
  // Scrolls the list, which may be longer than the window, but not the page.
  if (menu && here) menu.scrollTop = here.offsetTop - menu.clientHeight / 2;
  for (const block of document.querySelectorAll<HTMLElement>(".scroll:has(> pre)")) addCopyButton(block);
});

function addCopyButton(block: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-code";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const text = block.querySelector("code")?.textContent ?? "";
    const done = await navigator.clipboard.writeText(text).then(
      () => "Copied",
      () => "Not allowed",
    );
    button.textContent = done;
    setTimeout(() => {
      button.textContent = "Copy";
    }, COPIED_MS);
  });
  const frame = document.createElement("div");
  frame.className = "code-frame";
  block.before(frame);
  frame.append(block, button);
}
