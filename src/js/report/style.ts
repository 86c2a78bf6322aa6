/** Style sheet of a report: one column, light and dark theme, print. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --text: #15181d; --muted: #535b67; --link: #3d40d0; --good: #17734a; --good-soft: #e1f4ea; --bad: #b4262d; --bad-soft: #fdeaea; --warn: #8a5300; --warn-soft: #fdf1dc; --soft: #eef0f3 }
@media (prefers-color-scheme: dark) { :root { --page: #0e1013; --card: #16191e; --line: #2c323b; --text: #eceff3; --muted: #a6aebb; --link: #a3a6ff; --good: #58c493; --good-soft: #12301f; --bad: #ff8a86; --bad-soft: #3a1719; --warn: #e8b14f; --warn-soft: #332509; --soft: #22272f } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100% }
main { max-width: 60rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem) 4rem }
h1 { margin: 0; font-size: clamp(1.4rem, 3.2vw, 2rem); line-height: 1.25; letter-spacing: -0.015em; text-wrap: balance; overflow-wrap: anywhere }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.125rem; letter-spacing: -0.01em }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; overflow-wrap: anywhere }
a:focus-visible, #switch:focus-visible + label { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px }
.status { display: inline-block; margin: 0 0 0.75rem; padding: 0.125rem 0.625rem; border-radius: 999px; background: var(--soft); color: var(--muted); font-size: 0.8125rem; font-weight: 600 }
.status.good { background: var(--good-soft); color: var(--good) }
.status.bad { background: var(--bad-soft); color: var(--bad) }
.status.warn { background: var(--warn-soft); color: var(--warn) }
.task { margin: 0.75rem 0 0; color: var(--muted); white-space: pre-line; overflow-wrap: anywhere }
dl { display: flex; flex-wrap: wrap; gap: 0.75rem 2rem; margin: 1.25rem 0 0 }
dl div { min-width: 0 }
dt { color: var(--muted); font-size: 0.8125rem }
dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
.links { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none }
figure { margin: 2rem 0 0 }
figure img { display: block; width: auto; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card) }
#switch { position: absolute; opacity: 0 }
label { display: inline-block; margin-bottom: 0.5rem; padding: 0.125rem 0; color: var(--link); font-size: 0.875rem; text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer }
.on, #switch:checked ~ img, #switch:checked + label .off { display: none }
#switch:checked + label .on { display: inline }
@media (prefers-reduced-motion: reduce) {
  #switch:not(:checked) ~ img, #switch:not(:checked) + label .off, #switch:checked + label .on { display: none }
  #switch:not(:checked) + label .on, #switch:checked + label .off { display: inline }
  #switch:checked ~ img { display: block }
}
.output { margin: 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); white-space: pre-line; overflow-wrap: anywhere }
table { width: 100%; border: 1px solid var(--line); border-spacing: 0; border-radius: 10px; background: var(--card); overflow: hidden; font-size: 0.9375rem }
th, td { padding: 0.625rem 0.875rem; text-align: start; vertical-align: top; overflow-wrap: anywhere }
thead th { background: var(--soft); color: var(--muted); font-size: 0.8125rem; font-weight: 600; white-space: nowrap }
tbody tr + tr > * { border-top: 1px solid var(--line) }
tbody th { color: var(--muted); font-weight: 600; font-variant-numeric: tabular-nums }
td { min-width: 6rem }
.page { width: 36%; font-size: 0.875rem }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--muted) }
.still { display: block; width: min(var(--still), 100%); height: auto; margin: 0.5rem 0 0.25rem; border: 1px solid var(--line); border-radius: 6px }
@media (max-width: 40rem) {
  table, tbody, tr, td, tbody th { display: block }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tbody tr { display: grid; grid-template-columns: auto 1fr; gap: 0 0.75rem; padding: 0.625rem 0.875rem }
  tbody tr > * { padding: 0.0625rem 0; border: 0 !important }
  tbody tr + tr { border-top: 1px solid var(--line) }
  tbody td.page, tbody td { grid-column: 2; width: auto }
  td:empty { display: none }
}
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --line: #c4c9d1; --text: #000; --muted: #444; --link: #000; --good: #000; --bad: #000; --warn: #000; --good-soft: #fff; --bad-soft: #fff; --warn-soft: #fff; --soft: #fff }
  @page { margin: 18mm 16mm }
  body { font-size: 10.5pt }
  main { max-width: none; padding: 0 1px }
  .status { border: 1px solid var(--line) }
  label { display: none }
  figure img { display: block !important; max-height: 110mm }
  figure, tr, .output { break-inside: avoid }
  h2 { break-after: avoid }
  thead { display: table-header-group }
  table { overflow: visible; border: 0; border-radius: 0; border-collapse: collapse; font-size: 9.5pt }
  th, td { border: 1px solid var(--line); padding: 5pt 6pt }
  section:not(.stills) tr:nth-child(-n + 2) { break-after: avoid }
  .still { width: var(--still); max-width: 100%; max-height: 200mm; object-fit: contain; object-position: left }
  .stills td.page { width: 32% }
  .replay:has(~ .stills) { display: none }
  a { text-decoration: none }
  .links a::after { content: " (" attr(href) ")" }
}`;
