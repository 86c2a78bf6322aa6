#!/usr/bin/env bash
# moviepy 2.2.1 writes GIFs that end before the clip they are of: write_gif gives each frame 1000/fps ms, which is cut down
# to hundredths of a second. 10 seconds at 15 frames a second last 9.0 s, and at 60 they last 6 s by the file and a minute in
# browsers, which show frames of 10 ms for 100 ms.
#
# Ran 2026-11-30 (Python 3.11, imageio 2.38.1, Pillow 11.3.0): a clip of 10 s whose every frame differs.
# Expected: 10.0 s, with frames of 60 and of 70 ms. Seen: 150 frames of 60 ms, 600 of 10 ms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check moviepy==2.2.1 imageio==2.38.1 pillow==11.3.0
seen=$(env/bin/python - 2>/dev/null <<'PY'
import numpy as np
from moviepy import VideoClip
from PIL import Image

def picture(t):
    frame = np.zeros((16, 16, 3), np.uint8)
    frame[:, :, 0] = round(t * 60) // 4
    frame[0, :, 1] = round(t * 60) % 4 * 60
    return frame

def seconds(fps):
    VideoClip(picture, duration=10).write_gif("clip.gif", fps=fps, logger=None)
    total = 0
    with Image.open("clip.gif") as gif:
        for i in range(gif.n_frames):
            gif.seek(i)
            total += gif.info["duration"]
    return f"{total / 1000:.1f} s"

print(f"{seconds(15)}, {seconds(60)}")
PY
)
echo "10 s at 15 and at 60 frames a second: $seen"
expected="9.0 s, 6.0 s"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
