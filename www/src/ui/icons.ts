/** Icons on a 24 x 24 grid, stroked in the color of the text. */
const drawings = {
  "arrow-left": '<path d="M19 12H5m6-6-6 6 6 6"/>',
  "arrow-right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
  camera:
    '<rect x="3" y="6.5" width="18" height="13" rx="2.5"/><path d="m8.5 6.5 1.4-2.5h4.2l1.4 2.5"/><circle cx="12" cy="13" r="3.2"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>',
  close: '<path d="m6.5 6.5 11 11m0-11-11 11"/>',
  cloud: '<path d="M7.5 18.5a4.25 4.25 0 0 1-.6-8.46 5.5 5.5 0 0 1 10.6 1.2 3.65 3.65 0 0 1-.6 7.26z"/>',
  compare:
    '<rect x="3.5" y="5" width="17" height="14" rx="2.5"/><path d="M12 3v18"/><path d="m8.8 9.8-2.2 2.2 2.2 2.2m6.4-4.4 2.2 2.2-2.2 2.2"/>',
  copy: '<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M5.5 15.5A1.5 1.5 0 0 1 4 14V6.5A2.5 2.5 0 0 1 6.5 4H14a1.5 1.5 0 0 1 1.5 1.5"/>',
  download: '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5"/><path d="M4.5 19.5h15"/>',
  edit: '<path d="M5 19h3.2L18.6 8.6a2.25 2.25 0 0 0-3.2-3.2L5 15.8z"/><path d="m13.8 7 3.2 3.2"/>',
  file: '<path d="M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5z"/><path d="M13.5 3.5v5h5M9 13h6M9 16.5h4"/>',
  grip: '<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" stroke-width="2.6"/>',
  image:
    '<rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="9.8" r="1.6"/><path d="m4 17 4.7-4.3 3 2.6 3.6-3.8 5.2 5"/>',
  layers: '<path d="m12 3.5 8.5 4.5-8.5 4.5L3.5 8z"/><path d="m4 12.2 8 4.3 8-4.3M4 16.2l8 4.3 8-4.3"/>',
  link: '<path d="M10.2 13.8a3.7 3.7 0 0 0 5.3 0l3-3a3.75 3.75 0 0 0-5.3-5.3l-1 1"/><path d="M13.8 10.2a3.7 3.7 0 0 0-5.3 0l-3 3a3.75 3.75 0 0 0 5.3 5.3l1-1"/>',
  monitor: '<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M9 20h6m-3-3.5V20"/>',
  moon: '<path d="M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z"/>',
  next: '<path d="m7 5.5 8.5 6.5L7 18.5z"/><path d="M18 6v12"/>',
  play: '<path d="m8 5.2 10.5 6.8L8 18.8z"/>',
  plus: '<path d="M12 5.5v13M5.5 12h13"/>',
  previous: '<path d="m17 5.5-8.5 6.5 8.5 6.5z"/><path d="M6 6v12"/>',
  retry: '<path d="M19 8.5A8 8 0 1 0 20 12"/><path d="M19.5 4v4.8h-4.8"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  share: '<path d="M12 14.5V4m-4 3.8L12 4l4 3.8"/><path d="M7 11H5.5v9h13v-9H17"/>',
  shield: '<path d="M12 3.5 5 6v5.5c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6z"/><path d="m9 12 2.2 2.2L15.2 10"/>',
  sun: '<circle cx="12" cy="12" r="3.8"/><path d="M12 3v1.8m0 14.4V21M3 12h1.8m14.4 0H21M5.6 5.6l1.3 1.3m10.2 10.2 1.3 1.3m0-12.8-1.3 1.3M6.9 17.1l-1.3 1.3"/>',
  trash: '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.3 11v5m3.4-5v5"/>',
  upload:
    '<path d="M12 16V5m-4.5 4.3L12 4.8l4.5 4.5"/><path d="M4.5 15.5v2A2.5 2.5 0 0 0 7 20h10a2.5 2.5 0 0 0 2.5-2.5v-2"/>',
  warning: '<path d="M12 4.2 2.8 19.5h18.4z"/><path d="M12 10v4.2m0 2.7v.1"/>',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof drawings;

/** Returns an icon. It is hidden from assistive technology, so it needs a text or a label beside it. */
export function icon(name: IconName, look = ""): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon ${look}`.trim());
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML = drawings[name];
  return svg;
}

/** The logo: two screens, with a play button on the front one. */
export function productLogo(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  svg.innerHTML =
    '<rect width="32" height="32" rx="8" class="mark-ground"/><rect x="6.5" y="8" width="14" height="11" rx="2.5" fill="#fff" opacity=".38"/><rect x="9.5" y="11" width="16" height="13" rx="2.5" fill="#fff"/><path d="M15.4 14.3v6.4l5.4-3.2z" class="mark-ground"/>';
  return svg;
}
