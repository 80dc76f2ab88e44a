"""A person's picture: whatever image was uploaded becomes a small square one, drawn anew."""

from __future__ import annotations

import io
import secrets
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

SIDE = 256
MOST_BYTES = 5 * 1024 * 1024
# A JPEG is read at an eighth of its size, but one that comes in several passes is first held whole.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000, "GIF": 25_000_000}


def square_picture(upload: IO[bytes], size: int) -> ContentFile[bytes]:
    """The middle of the image as a 256 pixel WebP, without anything else that was in the file."""
    if size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 5 MB. Choose a smaller one."))
    try:
        return _drawn_anew(upload)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder may raise anything on a broken file
        raise ValidationError(
            _("This file is no picture we can read. Choose a JPEG, PNG, WebP or GIF image.")
        ) from error


def _drawn_anew(upload: IO[bytes]) -> ContentFile[bytes]:
    with Image.open(upload, formats=list(MOST_PIXELS)) as image:
        if image.width * image.height > MOST_PIXELS[image.format or "PNG"]:
            raise Image.DecompressionBombError
        # A JPEG can be read at an eighth of its size, so that a phone's photograph costs little.
        image.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = _upright(image).convert("RGBA" if image.has_transparency_data else "RGB")
    drawn = io.BytesIO()
    ImageOps.fit(upright, (SIDE, SIDE)).save(drawn, "WEBP", quality=85)
    return ContentFile(drawn.getvalue(), name=f"{secrets.token_hex(16)}.webp")


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held; as it is where the camera's note cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a broken note may raise anything, and is no reason to refuse the picture
        return image


def _too_many_pixels() -> ValidationError:
    return ValidationError(_("The picture has too many pixels. Choose a smaller one."))
