"""Portraits: what is handed in is checked by its content and written anew, square and without metadata."""

import io
import random
import struct
import zlib
from contextlib import suppress

import pytest
from PIL import Image

from advocacy.picture import MOST_BYTES, SIZES, NotAPicture, portrait
from tests.pictures import opened, picture

PLACE = b"52.5200 N 13.4050 E"


def tagged(**tags: object) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # a description
    exif.get_ifd(0x8825)[1] = "N"
    for number, value in tags.items():
        exif[int(number[1:])] = value
    return exif


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"),
    ("PNG", "I;16"), ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB"), ("WEBP", "RGBA")])  # fmt: skip
def test_pictures_become_two_square_jpegs(kind: str, mode: str) -> None:
    found = [opened(one) for one in portrait(picture(kind, mode=mode))]
    assert [(one.format, one.mode, one.size) for one in found] == [("JPEG", "RGB", (size, size)) for size in SIZES]


def test_nothing_that_stood_beside_the_pixels_is_kept() -> None:
    content = picture(exif=tagged(), comment=PLACE)
    assert PLACE in content
    for one in portrait(content):
        assert (PLACE in one, b"Exif" in one) == (False, False)
        assert (len(opened(one).getexif()), opened(one).info.keys() & {"exif", "comment", "icc_profile"}) == (0, set())


def test_what_lies_on_its_side_is_turned_upright() -> None:
    large, _ = portrait(picture(size=(400, 400), exif=tagged(_274=6)))
    red, green, blue = opened(large).getpixel((256, 20))  # type: ignore[misc]
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_what_lets_something_through_stands_on_white() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    clear.save(file := io.BytesIO(), "PNG")
    assert opened(portrait(file.getvalue())[0]).getpixel((100, 100)) == (255, 255, 255)


def bomb(wide: int, high: int) -> bytes:
    """A PNG of some bytes that claims to be enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no PNG, JPEG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG, JPEG or WebP"),
        (b"GIF89a" + bytes(99), "no PNG, JPEG or WebP"),
        (b"RIFF\0\0\0\0WAVE", "no PNG, JPEG or WebP"),
        (picture()[:400], "damaged"),
        (picture("PNG")[:200], "damaged"),
        (picture("WEBP")[:60], "damaged"),
        (picture(size=(199, 640)), "too small: 199 × 640; at least 200 × 200"),
        (bomb(8000, 8000), "too many pixels: at most 25 million"),
        (bomb(12_000, 12_000), "too many pixels: at most 25 million"),
        (bomb(60_000, 60_000), "too many pixels: at most 25 million"),
        (picture() + bytes(MOST_BYTES), "too large: at most 8 MB"),
    ],
)
def test_what_is_no_portrait_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(NotAPicture, match=words):
        portrait(content)


def test_damaged_pictures_never_end_in_anything_but_words() -> None:
    chance = random.Random(27)
    for whole in (picture(size=(240, 240)), picture("PNG", (240, 240)), picture("WEBP", (240, 240))):
        for _ in range(60):
            content = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                content[chance.randrange(12, len(content))] = chance.randrange(256)
            with suppress(NotAPicture):
                assert len(portrait(bytes(content))) == 2
