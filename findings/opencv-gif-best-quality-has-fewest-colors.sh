#!/usr/bin/env bash
# OpenCV 5.0.0 (opencv-python-headless 5.0.0.93) writes GIFs whose colors get fewer as IMWRITE_GIF_QUALITY goes up: at 8, the
# highest, which asks for a color table of 256 of the frame's own, each channel has four values, so that a picture of one
# light gray comes out as a pattern of 170 and 255. At 2, the default, it is a pattern of four colors, nearer to it. Neither
# has the one color that there is.
#
# Ran 2026-11-30 (Python 3.11): a picture of 64x64 pixels of (240, 240, 240), read again with Pillow.
# Expected: (240, 240, 240), or one color near it, and at 8 no further from it than at 2. Seen: red, green and blue of
# 170 255, 216 252, 216 252 or in the other order at 2, and of 170 255 in all three at 8.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check opencv-python-headless==5.0.0.93 pillow==13.0.0
seen=$(env/bin/python - <<'PY'
import cv2
import numpy as np
from PIL import Image

def values(quality):
    cv2.imwrite("gray.gif", np.full((64, 64, 3), 240, np.uint8), [cv2.IMWRITE_GIF_QUALITY, quality])
    with Image.open("gray.gif") as gif:
        channels = np.asarray(gif.convert("RGB")).reshape(-1, 3).T
    return ", ".join(sorted("-".join(map(str, np.unique(channel))) for channel in channels))

print(f"{values(2)} | {values(8)}")
PY
)
echo "values of the channels of the gray 240 at quality 2 | 8: $seen"
expected="170-255, 216-252, 216-252 | 170-255, 170-255, 170-255"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
