#!/usr/bin/env bash
# Pillow 13.0.0 cuts a frame of an animated GIF down to the size of the frame before it: where a small picture stands
# between two large ones, the second large one covers the small one's area only, and the first shows around it.
#
# Ran 2026-11-30 (Python 3.11): 80x60 red, 50x40 green, 80x60 blue, saved with save_all. A run of screenshots with a popup
# window in it is such a list.
# Expected: the third frame blue at its lower right corner, or an error. Seen: 50x40 of blue, red in the corner.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0
seen=$(env/bin/python - <<'PY'
from PIL import Image, ImageSequence

frames = [Image.new("RGB", size, color) for size, color in [((80, 60), "red"), ((50, 40), "green"), ((80, 60), "blue")]]
frames[0].save("popup.gif", save_all=True, append_images=frames[1:], duration=500)
with Image.open("popup.gif") as gif:
    last = [frame.convert("RGB") for frame in ImageSequence.Iterator(gif)][-1]
names = {(255, 0, 0): "red", (0, 128, 0): "green", (0, 0, 255): "blue"}
print(names.get(last.getpixel((10, 10))), names.get(last.getpixel((75, 55))))
PY
)
echo "third frame, upper left and lower right: $seen"
expected="blue red"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
