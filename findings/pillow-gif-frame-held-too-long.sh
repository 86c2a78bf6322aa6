#!/usr/bin/env bash
# Pillow 13.0.0 cannot save an animated GIF in which two equal frames follow each other and stay for more than 655.35 s
# together: it makes one frame of them, adds up their durations, and fails with OverflowError (11.3.0: struct.error), though
# each duration is one that a GIF can hold, and the same frames with one pixel of difference are saved.
#
# Ran 2026-11-30 (Python 3.11): red for 400 s, red for 400 s, blue for 1 s, with save_all.
# Expected: frames of 400 s, 400 s and 1 s, or of 655.35 s and the rest. Seen: OverflowError.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0
seen=$(env/bin/python - <<'PY'
from PIL import Image

def saved(second):
    frames = [Image.new("RGB", (8, 8), "red"), second, Image.new("RGB", (8, 8), "blue")]
    try:
        frames[0].save("held.gif", save_all=True, append_images=frames[1:], duration=[400_000, 400_000, 1000])
    except OverflowError as error:
        return f"OverflowError {error}"
    with Image.open("held.gif") as gif:
        return f"{gif.n_frames} frames"

other = Image.new("RGB", (8, 8), "red")
other.putpixel((0, 0), (254, 0, 0))
print(f"{saved(other)} | {saved(Image.new('RGB', (8, 8), 'red'))}")
PY
)
echo "one pixel of difference | equal: $seen"
expected="3 frames | OverflowError int too big to convert"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
