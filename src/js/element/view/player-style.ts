import { sheetOf } from "./style.ts";
import { WIDE_PX } from "./transcript.ts";

const CSS = `
:host { --_max-height: var(--task-gif-max-height, 1e6px) }
[part=screen], canvas[part=poster] { width: min(100%, calc(var(--width) * 1px), calc(var(--_max-height) * var(--width) / var(--height))); aspect-ratio: var(--width) / var(--height) }
img[part=screen] { width: auto; max-height: var(--_max-height); aspect-ratio: auto }
[part=stage] { position: relative }
.cover { position: absolute; inset: 0; display: grid; place-items: center; cursor: pointer; overflow: clip }
.cover > * { grid-area: 1 / 1 }
[part=poster] { display: block; max-width: 100%; max-height: 100%; object-fit: contain }
.big { display: grid; place-items: center; width: 56px; height: 56px; border-radius: 50%; background: rgb(0 0 0 / .62); color: #fff }
.big svg { width: 30px; height: 30px }
.cover:hover .big { background: rgb(0 0 0 / .78) }
[part=controls] { display: flex; align-items: center; gap: 2px; padding: 6px 8px; min-width: 0 }
[part~=button] { flex: none; display: grid; place-items: center; width: 34px; height: 34px; padding: 0 }
[part~=button]:hover, [part=step]:hover, select:hover { background: light-dark(#f1f3f6, #242a32) }
svg { width: 20px; height: 20px; fill: currentColor }
:host(:dir(rtl)) :is(.previous, .next, .play) svg { transform: scaleX(-1) }
[part=scrubber] { position: relative; flex: 1; min-width: 40px; height: 28px; margin: 0 8px; cursor: pointer; touch-action: none }
[part=track] { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; pointer-events: none }
[part=scrubber]:has(:focus-visible) { outline: 2px solid var(--_accent); outline-offset: 1px; border-radius: 6px }
.bar { position: relative; height: 6px; margin-block: 11px; border-radius: 3px; overflow: clip; background: light-dark(#d5d9e0, #3a424d) }
.fill { height: 100%; background: var(--_accent); transform: scaleX(var(--fill, 0)); transform-origin: left }
:host(:dir(rtl)) .fill { transform-origin: right }
.playing .fill { transition: transform .2s linear }
.bar svg { position: absolute; inset: 0; width: 100%; height: 100%; stroke: var(--_surface); stroke-width: 2 }
.bar path { vector-effect: non-scaling-stroke }
:host(:dir(rtl)) .bar svg { transform: scaleX(-1) }
[part=scrubber]:hover .bar { height: 8px; margin-block: 10px; border-radius: 4px }
[part=position] { flex: none; color: var(--_muted); font-variant-numeric: tabular-nums; white-space: nowrap }
[part~=newest] { display: flex; align-items: center; gap: 7px; width: auto; padding: 0 10px; font-weight: 600 }
[part~=newest]::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--_muted) }
[part~=newest][aria-pressed=true]::before { background: light-dark(#d0342c, #ff6b61) }
[part=speed] { flex: none; appearance: none; width: 44px; height: 34px; padding: 0; text-align: center; text-align-last: center; background: var(--_surface) }
[part=caption] { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 14px; min-width: 0; overflow-wrap: anywhere; padding: 2px 14px 12px; min-height: 56px; align-content: start }
[part=note] { margin: 0; padding: 0 14px 10px; color: var(--_muted) }
[part=note]:empty { display: none }
[part=step-text] { flex: 1 0 100%; font-weight: 600 }
[part=url], [part=time], [part=stay] { color: var(--_muted); font-size: 13px; font-variant-numeric: tabular-nums }
a { text-underline-offset: .15em }
a:hover { color: var(--_accent) }
[part=transcript] { border-top: 1px solid var(--_line) }
summary { padding: 8px 14px; color: var(--_muted); cursor: pointer }
summary:focus-visible { outline-offset: -3px }
[part=steps] { position: relative; margin: 0; padding: 0 6px 8px; list-style: none; max-height: 320px; overflow: auto }
li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 10px; padding: 2px 6px 4px 2px; border-radius: 6px }
li > :not(button) { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
li > [part=url], li > [part=time]:nth-child(2) { padding-inline-start: 28px }
[part=step] { display: grid; grid-column: 1 / -1; grid-template-columns: 20px 1fr; gap: 8px; padding: 4px 0; text-align: start; overflow-wrap: anywhere }
.number { color: var(--_muted); font-variant-numeric: tabular-nums; text-align: end }
.shown { background: light-dark(#eeeefc, #23243c); box-shadow: inset 3px 0 var(--_accent) }
:host(:dir(rtl)) .shown { box-shadow: inset -3px 0 var(--_accent) }
@container (min-width: ${WIDE_PX}px) {
  [part~=player]:has(> details[open]) { display: grid; grid-template: auto auto auto 1fr / minmax(0, 1fr) clamp(220px, 28%, 320px) }
  details[open] { position: relative; grid-area: 1 / 2 / -1 / -1; min-height: 180px; border-inline-start: 1px solid var(--_line); border-top: 0 !important }
  details[open] [part=steps] { position: absolute; inset: 38px 0 0; max-height: none }
}
:host([compact]) :is([part=caption], [part=note], [part=transcript], [part=position], [part~=newest], [part=speed], .previous, .next, .download, .copy, .share) { display: none }
:host([compact]) [part~=player] { display: block }
:host([compact]) [part=controls] { flex-wrap: nowrap }
:host([compact]) [part=scrubber] { order: 0; flex-basis: 0 }
:host(:fullscreen) { overflow: auto; background: var(--_surface) }
:host(:fullscreen) [part~=player] { min-height: 100%; border: 0; border-radius: 0 }
:host(:fullscreen) [part~=player]:not(:has(> details[open])) { display: flex; flex-direction: column }
:host(:fullscreen) [part=stage] { flex: 1; background: #000 }
:host(:fullscreen) [part=ready], :host(:fullscreen) [part=live] { height: 100% }
:host(:fullscreen) [part=screen] { width: min(100%, calc((100vh - 130px) * var(--width) / var(--height))) }
@container (max-width: 560px) {
  [part=controls] { flex-wrap: wrap }
  [part=scrubber] { order: -1; flex-basis: 100% }
  [part=position] { flex: 1; padding-inline-start: 6px }
  [part~=newest] { margin-inline-end: auto }
  [part=caption] { min-height: 98px }
}
@container (max-width: 400px) { .copy, .share { display: none } }
@container (max-width: 300px) { [part=position], .download { display: none } }
@media (forced-colors: active) {
  [part~=button]:hover, [part=step]:hover { outline: 1px solid }
  [part=step][aria-current] { text-decoration: underline }
  [part~=newest]::before { forced-color-adjust: none; background: GrayText }
  [part~=newest][aria-pressed=true]::before { background: Highlight }
  .bar { outline: 1px solid; forced-color-adjust: none; background: Canvas }
  .fill { background: Highlight }
  .bar svg { stroke: CanvasText; stroke-width: 1 }
}
`;

let sheet: CSSStyleSheet | undefined;

/** Style sheet of the player, in addition to that of the element; shared by all instances. */
export function playerStyleSheet(): CSSStyleSheet {
  sheet ??= sheetOf(CSS);
  return sheet;
}
