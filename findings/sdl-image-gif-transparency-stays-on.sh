#!/usr/bin/env bash
# SDL_image 2.8.12, as pygame-ce 2.5.8 has it, keeps the transparent color of a GIF's image for the images after it, also
# for one whose Graphic Control Extension says that it has none: what that one paints in the color is left out.
#
# Ran 2026-11-30 (Python 3.11): 2x2 red; then green with color 0 (black) as transparent; then black, with no transparent color.
# Expected: black. Seen: green, as before. Chromium 156 shows black.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pygame-ce==2.5.8
seen=$(PYGAME_HIDE_SUPPORT_PROMPT=1 env/bin/python - <<'PY'
import io
import pygame

def packed(pixels):
    # Four colors, three bits a code, a clear code (4) before each pixel, so that codes keep their size.
    bits = [code >> at & 1 for pixel in pixels for code in (4, pixel) for at in range(3)] + [1, 0, 1]
    return bytes(sum(bit << at for at, bit in enumerate(bits[i:i + 8])) for i in range(0, len(bits), 8))

def image(color, flags):
    data = packed([color] * 4)
    return bytes([0x21, 0xF9, 4, 4 | flags, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, len(data)]) + data + b"\0"

colors = bytes([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])  # black, red, green, blue
gif = b"GIF89a" + bytes([2, 0, 2, 0, 0x81, 0, 0]) + colors + image(1, 0) + image(2, 1) + image(0, 0) + b";"
surface, _ = pygame.image.load_animation(io.BytesIO(gif), "x.gif")[2]
names = {(0, 0, 0): "black", (255, 0, 0): "red", (0, 255, 0): "green"}
print(names.get(tuple(surface.get_at((0, 0)))[:3]))
PY
)
echo "third image: $seen"
[ "$seen" = "green" ] || { echo "changed: expected green"; exit 1; }
