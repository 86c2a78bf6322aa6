#!/usr/bin/env bash
# FFmpeg 8 (libavformat 62.12, in PyAV 18.1.0) reads a GIF whose images have no extension blocks around them, as GIF87a has
# none, as its first image alone: all images come as one packet, of which the decoder shows the first.
#
# Ran 2026-11-30 (Python 3.11): three images, red, green and blue, as GIF87a and with a Graphic Control Extension each.
# Expected: 3 frames both times. Seen: 1 and 3. FFmpeg 5.1.9 and Chromium 156 show three of both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check av==18.1.0
seen=$(env/bin/python - <<'PY'
import io
import av

def packed(pixels):
    # Four colors, three bits a code, a clear code (4) before each pixel, so that codes keep their size.
    bits = [code >> at & 1 for pixel in pixels for code in (4, pixel) for at in range(3)] + [1, 0, 1]
    return bytes(sum(bit << at for at, bit in enumerate(bits[i:i + 8])) for i in range(0, len(bits), 8))

def frames(version, control):
    colors = bytes([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])  # black, red, green, blue
    gif = version + bytes([4, 0, 4, 0, 0x81, 0, 0]) + colors
    for color in (1, 2, 3):
        data = packed([color] * 16)
        gif += control + bytes([0x2C, 0, 0, 0, 0, 4, 0, 4, 0, 0, 2, len(data)]) + data + b"\0"
    with av.open(io.BytesIO(gif + b";"), format="gif") as file:
        return len(list(file.decode(video=0)))

print(frames(b"GIF87a", b""), frames(b"GIF89a", bytes([0x21, 0xF9, 4, 4, 10, 0, 0, 0])))
PY
)
echo "frames without and with extensions: $seen"
[ "$seen" = "1 3" ] || { echo "changed: expected 1 3"; exit 1; }
