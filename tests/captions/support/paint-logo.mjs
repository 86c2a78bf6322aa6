/** Paints a logo with a round edge, 120 x 60 pixels, for Node and pages alike. */
export function paintLogo(context) {
  context.fillStyle = "#2f6f4f";
  context.beginPath();
  context.ellipse(60, 30, 58, 28, 0, 0, 7);
  context.fill();
  context.fillStyle = "#ffd166";
  context.fillRect(40, 20, 40, 20);
}
