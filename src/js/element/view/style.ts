// Internal names begin with `--_`, so that a page may pass its own `--accent` to `--task-gif-accent`.
const CSS = `
:host { --_accent: var(--task-gif-accent, light-dark(#4b4ee6, #9da0ff)); --_surface: var(--task-gif-background, light-dark(#fff, #16191e)); --_text: var(--task-gif-text, light-dark(#15181d, #eceff3)); --_muted: var(--task-gif-muted, light-dark(#535b67, #a6aebb)); --_line: var(--task-gif-line, light-dark(#e2e5ea, #2c323b)); --_radius: var(--task-gif-radius, 10px); display: block; max-width: 100%; color: var(--_text); font: 14px/1.45 var(--task-gif-font, system-ui, sans-serif); container-type: inline-size }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box }
[part~=player], .panel { background: var(--_surface); border: 1px solid var(--_line); border-radius: var(--_radius); overflow: clip }
[part=stage] { display: grid; place-items: center; background: light-dark(#f1f3f6, #0a0c0e); border-bottom: 1px solid var(--_line) }
[part=screen] { display: block; max-width: 100%; height: auto }
canvas[part=screen] { cursor: pointer }
button, select { font: inherit; color: inherit; background: none; border: 0; border-radius: 6px; cursor: pointer }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 1px }
.panel { display: grid; gap: 10px; justify-items: center; padding: 40px 24px; text-align: center }
.panel p { margin: 0; max-width: 46ch; text-wrap: balance; overflow-wrap: anywhere }
.title { font-weight: 600 }
.detail { color: var(--_muted) }
progress { width: min(260px, 100%); accent-color: var(--_accent) }
.panel [part=stage] { justify-self: stretch; margin: -40px -24px 14px }
.actions { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px }
[part=retry], [part=skip] { padding: 6px 14px; border: 1px solid var(--_line); font-weight: 600 }
`;

let sheet: CSSStyleSheet | undefined;

/** Style sheet of the element, shared by all instances. A page's content security policy for styles does not apply to it. */
export function styleSheet(): CSSStyleSheet {
  sheet ??= sheetOf(CSS);
  return sheet;
}

/** Returns a style sheet with this text. */
export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
