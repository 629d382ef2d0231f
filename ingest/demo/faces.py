"""Portraits of made-up people: drawn, the same for the same name, and nobody's."""

import io
import random

from PIL import Image, ImageDraw

SIDE = 512
SKIN = ("#f1c9a5", "#d9a066", "#8d5524", "#c68642", "#5c3a21", "#e8b58c")
HAIR = ("#1d1a19", "#3b2417", "#6b4423", "#a0522d", "#777777", "#c9a227")
BEHIND = ("#cfe3ea", "#e6dcf0", "#dbe8d0", "#f3e2cc", "#f0d9dc", "#d7dce8")
SHIRT = ("#1f4e5f", "#5b3a6b", "#3f5b2c", "#8a4b1f", "#7a2e3a", "#2f3a5b")


def face(name: str) -> bytes:
    """A head and shoulders in flat colours, as a PNG."""
    chance = random.Random(name)
    skin, hair, behind, shirt = (chance.choice(colours) for colours in (SKIN, HAIR, BEHIND, SHIRT))
    drawn = Image.new("RGB", (SIDE, SIDE), behind)
    pen = ImageDraw.Draw(drawn)
    long = chance.random() < 0.5
    pen.ellipse((136, 72, 376, 420 if long else 300), fill=hair)
    pen.ellipse((76, 380, 436, 720), fill=shirt)
    pen.rounded_rectangle((222, 300, 290, 420), 30, fill=skin)
    pen.ellipse((160, 108, 352, 352), fill=skin)
    pen.pieslice((150, 84, 362, 290), 180, 360, fill=hair)
    _look(pen, chance)
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()


def _look(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Eyes, a smile, and perhaps glasses."""
    for x in (216, 296):
        pen.ellipse((x - 8, 226, x + 8, 246), fill="#222222")
    wide = chance.randint(20, 40)
    pen.arc((256 - wide, 262, 256 + wide, 312), 20, 160, fill="#6b1f1f", width=7)
    if chance.random() < 0.5:
        for x in (216, 296):
            pen.ellipse((x - 32, 204, x + 32, 268), outline="#222222", width=6)
        pen.line((248, 234, 264, 234), fill="#222222", width=6)
