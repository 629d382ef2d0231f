"""Pictures for tests, drawn on the spot."""

import io
from typing import Any

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    file = io.BytesIO()
    drawn.convert(mode).save(file, kind, **more)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture read again."""
    found = Image.open(io.BytesIO(content))
    found.load()
    return found
