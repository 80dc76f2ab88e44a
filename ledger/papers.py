"""Receipts and papers: which files are kept, told by what is in them and never by what they call themselves."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import secrets
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from financeflow.web.plain_text import STEERING

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PAPERS: Final = 20
THUMBNAIL_SIDE: Final = 320
LONGEST_NAME: Final = 120
PDF: Final = "application/pdf"
# A JPEG is read at a fraction of its size, but one that comes in several passes is first held whole.
MOST_PIXELS: Final = {"JPEG": 60_000_000, "PNG": 30_000_000, "WEBP": 30_000_000, "GIF": 30_000_000}
# What a file may be, and the endings under which it may come; the first is the one it is kept under.
ENDINGS: Final = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    PDF: (".pdf",),
}
ACCEPTED: Final = ",".join(ENDINGS)
_FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_KNOWN_ENDINGS: Final = frozenset(ending for endings in ENDINGS.values() for ending in endings)
# Which type an ending stands for, whatever the server's own list says.
_TYPES: Final = mimetypes.MimeTypes(())
# How far into a PDF its first words may stand, and how near to its end the last.
_HEAD, _TAIL = 1024, 2048


@dataclass(frozen=True)
class Paper:
    """A file that may be kept: its bytes as they came, and a small picture of it where it is an image."""

    name: str
    content_type: str
    content: bytes
    digest: str
    thumbnail: bytes = b""

    @property
    def file(self) -> ContentFile[bytes]:
        return ContentFile(self.content, name=secrets.token_hex(16) + ENDINGS[self.content_type][0])

    @property
    def small_file(self) -> ContentFile[bytes] | None:
        return ContentFile(self.thumbnail, name=f"{secrets.token_hex(16)}.webp") if self.thumbnail else None


def checked_paper(upload: UploadedFile[Any]) -> Paper:
    """The file, looked into; ValidationError, by its name, where it is not what we keep."""
    name = readable_name(upload.name or "")
    try:
        return _looked_into(upload, name)
    except ValidationError as error:
        raise ValidationError(f"{name or _('The file')}: {error.messages[0]}", code=error.code) from error


def _looked_into(upload: UploadedFile[Any], name: str) -> Paper:
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This is larger than 10 MB. Choose a smaller file."), code="size")
    content = upload.read()
    if not content:
        raise ValidationError(_("This file is empty."), code="empty")
    if _is_pdf(content):
        content_type, thumbnail = PDF, b""
    else:
        content_type, thumbnail = _image(content)
    _refuse_lies(name, upload.content_type or "", content_type)
    digest = hashlib.sha256(content).hexdigest()
    return Paper(_named(name, content_type), content_type, content, digest, thumbnail)


def readable_name(name: str) -> str:
    """The last part of a file's name, without what cannot be seen or steers what surrounds it."""
    kept = (char for char in name if char not in STEERING and unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(kept).replace("\\", "/").rpartition("/")[2].split())


def _named(name: str, content_type: str) -> str:
    """The name with the ending that is true, not too long to be kept."""
    endings = ENDINGS[content_type]
    path = PurePath(name or _("Paper"))
    stem = path.stem if path.suffix.lower() in _KNOWN_ENDINGS else path.name
    ending = path.suffix if path.suffix.lower() in endings else endings[0]
    return stem[:LONGEST_NAME] + ending


def _refuse_lies(name: str, declared: str, found: str) -> None:
    """An image may call itself another kind of image, as phones do; nothing else may call itself what it is not."""
    said = _TYPES.guess_type(name.lower())[0] or ""
    if not {_family(said), _family(declared)} <= {"", _family(found)}:
        raise ValidationError(_("This file is not what its name says. Was it renamed?"), code="lie")


def _family(content_type: str) -> str:
    """Images are of one family; what says nothing of itself is of none."""
    bare = content_type.partition(";")[0].strip().lower()
    if bare in ("", "application/octet-stream", "binary/octet-stream"):
        return ""
    return "image" if bare.startswith("image/") and bare != "image/svg+xml" else bare.replace("/x-pdf", "/pdf")


def _is_pdf(content: bytes) -> bool:
    """Whether this begins as a PDF does; one that does not end as one was cut off, and is refused."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not head.startswith(b"%PDF-"):
        return False
    tail = content[-_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise ValidationError(_("This PDF is broken or was cut off. Download or scan it again."), code="broken")
    return True


def _image(content: bytes) -> tuple[str, bytes]:
    """What kind of image this is, and a small picture of it; one that was cut off cannot be drawn, and is refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_small(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("This picture has too many pixels. Choose a smaller one."), code="pixels") from error
    except Exception as error:  # a decoder may raise anything on a broken file
        words = _("This is no file we keep, or it is broken. Choose a JPEG, PNG, WebP or GIF image, or a PDF.")
        raise ValidationError(words, code="kind") from error


def _drawn_small(content: bytes) -> tuple[str, bytes]:
    with Image.open(io.BytesIO(content), formats=list(MOST_PIXELS)) as image:
        kind = image.format or "PNG"
        if image.width * image.height > MOST_PIXELS[kind]:
            raise Image.DecompressionBombError
        image.draft("RGB", (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))
        image.load()
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        small = _upright(image)
        drawn = io.BytesIO()
        small.convert("RGBA" if small.has_transparency_data else "RGB").save(drawn, "WEBP", quality=80)
    return _FORMATS[kind], drawn.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held; as it is where the camera's note cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a broken note may raise anything, and is no reason to refuse the picture
        return image.copy()
