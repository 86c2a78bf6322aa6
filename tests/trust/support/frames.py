"""Digests of the frames of GIFs as Pillow shows them, as JSON lines: python3 frames.py FILE..."""
import hashlib
import json
import sys
from PIL import Image, ImageSequence

for path in sys.argv[1:]:
    with Image.open(path) as image:
        frames = [hashlib.sha256(frame.convert("RGB").tobytes()).hexdigest() for frame in ImageSequence.Iterator(image)]
    print(json.dumps(frames))
