#!/usr/bin/env bash
# SDL_image 2.8.12, as pygame-ce 2.5.8 has it, takes the size of the first image of a GIF for that of the animation:
# pygame.image.load_animation cuts all frames down to it, where GIF89a has a logical screen of its own size. A GIF that
# begins with a part of the screen, as optimizers write what is transparent around it, loses the rest of all frames.
#
# Ran 2026-11-30 (Python 3.11): a screen of 8x8 pixels; a green image of 4x4 in its middle, then a blue one of 8x8.
# Expected: two frames of 8x8. Seen: two of 4x4.
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

def image(x, y, side, color):
    data = packed([color] * side * side)
    return bytes([0x21, 0xF9, 4, 4, 10, 0, 0, 0, 0x2C, x, 0, y, 0, side, 0, side, 0, 0, 2, len(data)]) + data + b"\0"

colors = bytes([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])  # black, red, green, blue
gif = b"GIF89a" + bytes([8, 0, 8, 0, 0x81, 0, 0]) + colors + image(2, 2, 4, 2) + image(0, 0, 8, 3) + b";"
print(" ".join("x".join(map(str, surface.get_size())) for surface, _ in pygame.image.load_animation(io.BytesIO(gif), "x.gif")))
PY
)
echo "sizes of the frames: $seen"
expected="4x4 4x4"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
