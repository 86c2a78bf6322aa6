import { h } from "./dom.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Creates an SVG icon of 24 by 24 units from one path. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  draw(svg, path);
  return svg;
}

/** Replaces the path of an icon. */
export function draw(svg: SVGElement, path: string): void {
  svg.firstElementChild?.setAttribute("d", path);
}

/** Creates a button with an icon and an accessible name. */
export function iconButton(part: string, label: string, path: string, onclick: () => void): HTMLButtonElement {
  const button = h("button", {
    type: "button",
    part: `button ${part}`,
    class: part,
    "aria-label": label,
    title: label,
  });
  button.append(icon(path));
  button.onclick = onclick;
  return button;
}

/** Paths of the icons. */
export const PLAY = "M8 5v14l11-7z";
export const PAUSE = "M7 5h3.5v14H7zM13.5 5H17v14h-3.5z";
export const PREVIOUS = "M6 5h2.5v14H6zM19 5v14l-9.500-7z";
export const NEXT = "M15.500 5H18v14h-2.500zM5 5v14l9.500-7z";
export const EXPAND = "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z";
export const DOWNLOAD = "M11 3h2v9l3.300-3.300 1.400 1.400L12 15.800l-5.700-5.700 1.400-1.400L11 12zM4 18h16v2H4z";
export const COPY = "M8 3h12v14H8zm2 2v10h8V5zM4 7h2v12h10v2H4z";
export const SHARE = "M12 2l5 5-1.400 1.400L13 5.800V15h-2V5.800L8.400 8.400 7 7zM5 11h4v2H7v7h10v-7h-2v-2h4v11H5z";
