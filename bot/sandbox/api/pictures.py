"""Pictures in the sizes in which Telegram offers them."""

from __future__ import annotations

import io

from PIL import Image

SIZES = (90, 320, 800, 1280)  # the longer side in pixels; nothing larger is offered
THUMBNAIL = 320
MOST_PIXELS = 50_000_000  # beyond that a small file would fill the memory


def sizes(content: bytes) -> list[bytes]:
    """The picture at most 90, 320, 800 and 1280 pixels large, as far as it is larger than that.

    A picture that fits the largest size is the last one as it came. One that cannot be decoded
    stays alone.
    """
    picture = _opened(content)
    if picture is None:
        return [content]
    longest = max(picture.size)
    smaller = [_scaled(picture, side) for side in SIZES if side < longest]
    return smaller if longest > SIZES[-1] else [*smaller, content]


def thumbnail(content: bytes) -> bytes | None:
    """The picture as a JPEG of at most 320 pixels; None when it cannot be decoded."""
    picture = _opened(content)
    return _scaled(picture, THUMBNAIL) if picture else None


def _opened(content: bytes) -> Image.Image | None:
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MOST_PIXELS:
            return None
        picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return picture


def _scaled(picture: Image.Image, side: int) -> bytes:
    copy = picture.convert("RGB")
    copy.thumbnail((side, side))
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=87)
    return out.getvalue()
