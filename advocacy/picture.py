"""A picture that somebody hands in: checked, turned upright, cut square, and written anew without what stood beside it.

The file itself is never kept: a photo tells where and when it was taken, and a file may be two things at once.
"""

import io
import struct
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 8 * 2**20
MOST_PIXELS = 25_000_000  #: a telephone's camera has half as many; a file of some kilobytes can claim far more
LEAST = 200  #: pixels of a side
SIZES = (512, 128)
_BEGINNINGS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
_BROKEN = (OSError, EOFError, ValueError, SyntaxError, LookupError, TypeError, ArithmeticError, struct.error)
"""What Pillow's readers raise at damaged files."""


class NotAPicture(ValueError):
    """It cannot be a portrait; the words say why, and how to mend it."""


def portrait(content: bytes) -> tuple[bytes, bytes]:
    """The portrait as two square JPEGs, the large one and the small one; raise NotAPicture."""
    if len(content) > MOST_BYTES:
        raise NotAPicture(f"The file is too large: at most {MOST_BYTES // 2**20} MB. Save the picture smaller.")
    try:
        with Image.open(io.BytesIO(content), formats=(_kind(content),)) as opened:
            _check(opened)
            large, small = (_square(_upright(opened), size) for size in SIZES)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many() from error
    except (UnidentifiedImageError, zlib.error, *_BROKEN) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("The picture is damaged and cannot be read. Save it again, as PNG or JPEG.") from error
    return large, small


def _kind(content: bytes) -> str:
    """What its first bytes say; what its name says is nobody's word."""
    for kind, beginning in _BEGINNINGS.items():
        if content.startswith(beginning) and (kind != "WEBP" or content[8:12] == b"WEBP"):
            return kind
    raise NotAPicture("This is no PNG, JPEG or WebP picture. Save it as one of them and hand it in again.")


def _check(opened: Image.Image) -> None:
    """Before anything is unpacked."""
    wide, high = opened.size
    if wide * high > MOST_PIXELS:
        raise _too_many()
    if min(wide, high) < LEAST:
        raise NotAPicture(f"The picture is too small: {wide} × {high}; at least {LEAST} × {LEAST} pixels are needed.")


def _too_many() -> NotAPicture:
    most = MOST_PIXELS // 1_000_000
    return NotAPicture(f"The picture has too many pixels: at most {most} million. Save it smaller.")


def _upright(opened: Image.Image) -> Image.Image:
    """As it was seen, in plain colours, on white where it lets something through."""
    opened.draft("RGB", (2 * SIZES[0], 2 * SIZES[0]))  # a JPEG need not be unpacked at its full size
    turned = ImageOps.exif_transpose(opened)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        clear = turned.convert("RGBA")
        turned = Image.new("RGBA", clear.size, "white")
        turned.alpha_composite(clear)
    return turned.convert("RGB")


def _square(upright: Image.Image, size: int) -> bytes:
    cut = ImageOps.fit(upright, (size, size), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    bare = Image.new("RGB", cut.size)
    bare.paste(cut)  # nothing but pixels: a copy would carry what the file told of itself
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()
