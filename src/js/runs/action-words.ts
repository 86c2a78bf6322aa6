/** Captions of the actions of all tools, by name without a prefix such as `computer_`. */
const WORDS: { readonly [name: string]: string } = {
  click: "Click",
  click_at: "Click",
  left_click: "Click",
  left_single: "Click",
  right_click: "Right-click",
  right_single: "Right-click",
  middle_click: "Middle-click",
  double_click: "Double-click",
  left_double: "Double-click",
  triple_click: "Triple-click",
  left_click_drag: "Drag",
  drag: "Drag",
  drag_and_drop: "Drag",
  select: "Drag",
  left_mouse_down: "Press the mouse button",
  left_mouse_up: "Release the mouse button",
  mouse_move: "Move the pointer",
  move: "Move the pointer",
  hover: "Hover",
  hover_at: "Hover",
  type: "Type",
  type_text_at: "Type",
  form_input: "Fill in a field",
  file_upload: "Upload a file",
  key: "Press",
  keypress: "Press",
  hotkey: "Press",
  press: "Press",
  key_combination: "Press",
  hold_key: "Hold",
  scroll: "Scroll",
  scroll_at: "Scroll",
  scroll_document: "Scroll",
  scroll_to: "Scroll to an element",
  wait: "Wait",
  wait_5_seconds: "Wait",
  navigate: "Open",
  goto: "Open",
  visit_url: "Open",
  open_web_browser: "Open the browser",
  go_back: "Go back",
  go_forward: "Go forward",
  search: "Open the search page",
  new_tab: "Open a new tab",
  switch_tab: "Switch to another tab",
  close_tab: "Close the tab",
  javascript_exec: "Run a script",
  finished: "Finish",
  call_user: "Ask the user",
  screenshot: "Take a screenshot",
  zoom: "Look closer",
  cursor_position: "Look where the pointer is",
  list_tabs: "List the tabs",
  read_page: "Read the page",
  get_page_text: "Read the page",
  read_console: "Read the console",
  read_network: "Read the network log",
  find: "Find an element",
  snapshot: "Read the page",
  take_snapshot: "Read the page",
  navigate_page: "Open",
  new_page: "Open",
  fill: "Type",
};

/** Whether this is the name of a known action. */
export function isAction(name: string): boolean {
  return Object.hasOwn(WORDS, name);
}

/** Returns an action in words: "Click" for `left_click`, "Upload all" for the unknown `upload_all`. */
export function actionWords(name: string): string {
  return isAction(name) ? WORDS[name]! : sentenceOf(name);
}

/** Returns "Switch tab" for `switch_tab`. */
export function sentenceOf(name: string): string {
  const words = name.replace(/[_-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
