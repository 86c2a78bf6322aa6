import { asText } from "../../../task-records/json-fields.ts";
import { urlWithoutSecrets } from "../../url-without-secrets.ts";
import type { SessionEntry } from "./session-markdown.ts";

/** Verbs of the tools; the element follows. */
const WORDS: { readonly [tool: string]: string } = {
  browser_click: "Click",
  browser_hover: "Hover over",
  browser_type: "Type into",
  browser_press_key: "Press",
  browser_select_option: "Choose in",
  browser_mouse_click_xy: "Click",
  browser_mouse_drag_xy: "Drag",
  browser_mouse_move_xy: "Move the pointer",
  browser_drag: "Drag",
  browser_fill_form: "Fill in the form",
  browser_file_upload: "Upload a file",
  browser_handle_dialog: "Answer the dialog",
  browser_navigate: "Open",
  browser_navigate_back: "Go back",
  browser_navigate_forward: "Go forward",
  browser_wait_for: "Wait",
  browser_tabs: "Change tabs",
  browser_tab_new: "Open a new tab",
  browser_tab_select: "Switch to another tab",
  browser_tab_close: "Close the tab",
  browser_evaluate: "Run a script",
  browser_run_code: "Run a script",
  browser_resize: "Resize the window",
  browser_close: "Close the browser",
  browser_verify_text_visible: "Check a text",
  browser_verify_element_visible: "Check an element",
};
/** Tools that type `args.text`. */
const TYPES = new Set(["browser_type", "fill"]);

/** Describes a call in words; with typed text only if `showsTyped`, and never with passwords. */
export function callCaption({ name, args, code }: SessionEntry, showsTyped: boolean): string {
  const words = WORDS[name] ?? sentence(name.replace(/^browser_/, ""));
  const element = asText(args.element) ?? elementIn(code);
  switch (name) {
    case "browser_navigate":
      return `${words} ${urlWithoutSecrets(asText(args.url) ?? "a page")}`;
    case "browser_press_key": {
      const key = asText(args.key);
      return key === undefined || [...key].length === 1 ? "Press a key" : `${words} ${key}`;
    }
    case "browser_drag":
      return `${words} '${asText(args.startElement) ?? "an element"}' to '${asText(args.endElement) ?? "another"}'`;
  }
  const typed = TYPES.has(name) ? asText(args.text) : undefined;
  const isTold = showsTyped && typed !== undefined && !/pass(?:word|phrase|code)|\bpin\b/i.test(element ?? "");
  const what = isTold ? words.replace(/ into$/, ` "${typed}" into`) : words;
  return element === undefined ? what.replace(/ (?:into|in|over)$/, "") : `${what} '${element}'`;
}

/** Returns the locator of the element in the code: `getByRole('button', { name: 'Add' })`. */
function elementIn(code: string): string | undefined {
  const line = /^await page\.(.*)$/m.exec(code)?.[1] ?? "";
  const found = /name: '((?:[^'\\]|\\.)*)'/.exec(line) ?? /getBy(?!Role)\w+\('((?:[^'\\]|\\.)*)'/.exec(line);
  return found?.[1]?.replace(/\\(.)/g, "$1");
}

/** Returns "Tab close" for `tab_close`. */
function sentence(name: string): string {
  const words = name.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
