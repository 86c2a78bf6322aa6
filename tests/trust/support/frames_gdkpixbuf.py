"""Digests of the frames of GIFs as GdkPixbuf shows them, as JSON lines: python3 frames_gdkpixbuf.py IMAGES FILE ...

IMAGES is how many images the file after it has: an animation of GdkPixbuf does not tell.
"""
import hashlib
import json
import sys

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib  # noqa: E402


def digest(pixbuf):
    width, height, channels = pixbuf.get_width(), pixbuf.get_height(), pixbuf.get_n_channels()
    stride, pixels = pixbuf.get_rowstride(), pixbuf.get_pixels()
    rows = b"".join(pixels[y * stride : y * stride + width * channels] for y in range(height))
    rgb = bytearray(3 * width * height)
    for channel in range(3):
        rgb[channel::3] = rows[channel::channels]
    return hashlib.sha256(rgb).hexdigest()


def frames(images, path):
    animation = GdkPixbuf.PixbufAnimation.new_from_file(path)
    if animation.is_static_image():
        return [digest(animation.get_static_image())]
    time = GLib.TimeVal()
    time.tv_sec = 1000
    player = animation.get_iter(time)
    found = [digest(player.get_pixbuf())]
    while len(found) < images:
        time.add(player.get_delay_time() * 1000)
        player.advance(time)
        found.append(digest(player.get_pixbuf()))
    return found


if __name__ == "__main__":
    for images, path in zip(sys.argv[1::2], sys.argv[2::2]):
        print(json.dumps(frames(int(images), path)))
