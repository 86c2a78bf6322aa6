"""Writes small valid images of every kind that is read, with Pillow: python3 seeds.py FOLDER"""
import sys
from pathlib import Path
from PIL import Image, ImageDraw

folder = Path(sys.argv[1])
WIDTH, HEIGHT = 20, 14


def picture(shift=0):
    image = Image.new("RGBA", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            image.putpixel((x, y), ((x * 12 + shift) % 256, y * 18, (x * y) % 256, 255))
    ImageDraw.Draw(image).rectangle((3 + shift % 9, 3, 9 + shift % 9, 8), fill=(255, 255, 255, 128))
    return image


rgba = picture()
rgb = rgba.convert("RGB")
palette = rgb.quantize(16)
gray = rgb.convert("L")
deep = Image.new("I;16", (WIDTH, HEIGHT))
for y in range(HEIGHT):
    for x in range(WIDTH):
        deep.putpixel((x, y), (x * 3000 + y * 900) % 65536)
exif = Image.Exif()
exif[0x0112] = 6
frames = [picture(9 * i).convert("RGB") for i in range(4)]
later = {"save_all": True, "append_images": frames[1:]}

for name, image, options in [
    ("rgb.png", rgb, {}),
    ("rgba.png", rgba, {}),
    ("palette.png", palette, {"transparency": 2}),
    ("bilevel.png", gray.convert("1"), {}),
    ("gray.png", gray, {}),
    ("gray-alpha.png", rgba.convert("LA"), {}),
    ("gray-16.png", deep, {}),
    ("animated.png", frames[0], later),
    ("baseline.jpeg", rgb, {"quality": 80}),
    ("progressive.jpeg", rgb, {"quality": 70, "progressive": True}),
    ("full-chroma.jpeg", rgb, {"quality": 90, "subsampling": 0}),
    ("gray.jpeg", gray, {"quality": 60}),
    ("cmyk.jpeg", rgb.convert("CMYK"), {"quality": 60}),
    ("turned.jpeg", rgb, {"exif": exif.tobytes()}),
    ("lossy.webp", rgb, {"quality": 60}),
    ("lossy-alpha.webp", rgba, {"quality": 60}),
    ("lossless.webp", rgba, {"lossless": True}),
    ("animated.webp", frames[0], {**later, "duration": 50}),
    ("still.gif", palette, {}),
    ("animated.gif", frames[0], {**later, "duration": 50, "loop": 0}),
    ("interlaced.gif", palette, {"interlace": 1, "transparency": 1}),
]:
    image.save(folder / name, **options)
