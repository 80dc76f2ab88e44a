"""Receipts of the sample data: drawn, so that nobody's paper is in it."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from functools import lru_cache

from PIL import Image, ImageDraw

from ledger.papers import Paper

SIZE = (360, 480)
PAPER, INK = (252, 251, 247), (40, 42, 46)


@lru_cache(maxsize=16)
def receipt(payee: str, day: date) -> Paper:
    """A slip from a till, with a small picture of it."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((32, 36), payee, fill=INK, font_size=22)
    draw.text((32, 72), day.isoformat(), fill=INK, font_size=14)
    for row in range(6):
        top = 120 + row * 34
        draw.line((32, top, 190 + 14 * (row % 3), top), fill=INK, width=3)
        draw.line((268, top, 328, top), fill=INK, width=3)
    draw.line((32, 340, 328, 340), fill=INK, width=1)
    draw.line((228, 372, 328, 372), fill=INK, width=6)
    content, small = _saved(image), _saved(image.resize((SIZE[0] // 2, SIZE[1] // 2)), "WEBP")
    name = f"{payee}, {day.isoformat()}.png"
    return Paper(name, "image/png", content, hashlib.sha256(content).hexdigest(), small)


def _saved(image: Image.Image, kind: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    image.save(drawn, kind)
    return drawn.getvalue()
