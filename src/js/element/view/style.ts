const CSS = `
:host { --accent: var(--task-gif-accent, light-dark(#4b4ee6, #9da0ff)); --surface: var(--task-gif-background, light-dark(#fff, #16191e)); --text: var(--task-gif-text, light-dark(#15181d, #eceff3)); --muted: var(--task-gif-muted, light-dark(#535b67, #a6aebb)); --line: var(--task-gif-line, light-dark(#e2e5ea, #2c323b)); --radius: var(--task-gif-radius, 10px); display: block; max-width: 100%; color: var(--text); font: 14px/1.45 var(--task-gif-font, system-ui, sans-serif); container-type: inline-size }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box }
[part~=player], .panel { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); overflow: clip }
[part=stage] { display: grid; place-items: center; background: light-dark(#f1f3f6, #0a0c0e); border-bottom: 1px solid var(--line) }
[part=screen] { display: block; max-width: 100%; height: auto }
canvas[part=screen] { cursor: pointer }
[part=controls] { display: flex; align-items: center; gap: 2px; padding: 6px 8px }
button, select { font: inherit; color: inherit; background: none; border: 0; border-radius: 6px; cursor: pointer }
[part~=button] { flex: none; display: grid; place-items: center; width: 34px; height: 34px; padding: 0 }
[part~=button]:hover, [part=step]:hover, select:hover { background: light-dark(#f1f3f6, #242a32) }
svg { width: 20px; height: 20px; fill: currentColor }
:host(:dir(rtl)) :is(.previous, .next, .play) svg { transform: scaleX(-1) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
[part=track] { flex: 1; min-width: 40px; height: 24px; margin: 0 8px; accent-color: var(--accent); cursor: pointer }
[part=position] { flex: none; color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap }
[part=speed] { flex: none; height: 34px; padding: 0 4px; background: var(--surface) }
[part=caption], li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; min-width: 0; overflow-wrap: anywhere }
[part=caption] { padding: 2px 14px 10px; min-height: 32px }
[part=note] { margin: 0; padding: 0 14px 10px; color: var(--muted) }
[part=note]:empty { display: none }
[part=step-text] { font-weight: 600 }
[part=url], [part=time] { color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums }
a { text-underline-offset: .15em }
a:hover { color: var(--accent) }
[part=transcript] { border-top: 1px solid var(--line) }
summary { padding: 8px 14px; color: var(--muted); cursor: pointer }
summary:focus-visible { outline-offset: -3px }
[part=steps] { margin: 0; padding: 0 6px 8px; list-style: none; max-height: 320px; overflow: auto }
li { padding: 1px 8px }
[part=step] { padding: 4px 0; text-align: match-parent }
[part=step][aria-current] { color: var(--accent); font-weight: 600 }
.panel { display: grid; gap: 10px; justify-items: center; padding: 40px 24px; text-align: center }
.panel p { margin: 0; max-width: 46ch; text-wrap: balance; overflow-wrap: anywhere }
.title { font-weight: 600 }
.detail { color: var(--muted) }
progress { width: min(260px, 100%); accent-color: var(--accent) }
.panel [part=stage] { justify-self: stretch; margin: -40px -24px 14px }
.actions { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px }
[part=retry], [part=skip] { padding: 6px 14px; border: 1px solid var(--line); font-weight: 600 }
:host(:fullscreen) { overflow: auto; background: var(--surface) }
:host(:fullscreen) [part=screen] { max-height: calc(100vh - 130px); width: auto }
@container (max-width: 420px) { [part=position], .fullscreen { display: none } }
@media (forced-colors: active) { [part~=button]:hover, [part=step]:hover { outline: 1px solid } [part=step][aria-current] { text-decoration: underline } }
`;

let sheet: CSSStyleSheet | undefined;

/** Style sheet of the element, shared by all instances. A page's content security policy for styles does not apply to it. */
export function styleSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
