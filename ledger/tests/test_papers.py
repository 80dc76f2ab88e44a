"""Which files are kept as papers: told by what is in them."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from ledger import papers
from ledger.papers import checked_paper
from ledger.tests.papers import PDF, bomb, image, upload


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("receipt.jpg", image("JPEG"), "image/jpeg"),
        ("receipt.JPEG", image("JPEG"), "image/jpeg"),
        ("receipt.png", image("PNG"), "image/png"),
        ("receipt.webp", image("WEBP"), "image/webp"),
        ("receipt.gif", image("GIF"), "image/gif"),
        ("invoice.pdf", PDF, "application/pdf"),
        ("invoice.pdf", b"\r\n" + PDF, "application/pdf"),
    ],
)
def test_images_and_pdfs_are_kept_as_they_came(name: str, content: bytes, found: str) -> None:
    paper = checked_paper(upload(name, content, found))
    assert (paper.name, paper.content_type, paper.content) == (name, found, content)
    assert bool(paper.thumbnail) == found.startswith("image/")


def test_a_thumbnail_is_small_and_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    paper = checked_paper(upload("photo.jpg", image("JPEG", (1600, 1200), exif=exif.tobytes())))
    with Image.open(io.BytesIO(paper.thumbnail)) as small:
        assert (small.format, small.size) == ("WEBP", (240, 320))


def test_a_file_is_kept_under_a_name_nobody_guesses() -> None:
    one, other = (checked_paper(upload("a.png", image())).file.name for _ in range(2))
    assert one != other
    assert len(one or "") == 32 + len(".png")


@pytest.mark.parametrize(
    ("name", "content", "declared", "words"),
    [
        ("page.html", b"<html><script>alert(1)</script>", "text/html", "no file we keep"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "no file we keep"),
        ("receipt.png", b"<html><script>alert(1)</script>", "image/png", "no file we keep"),
        ("receipt.png", PDF, "image/png", "not what its name says"),
        ("invoice.pdf", image(), "application/pdf", "not what its name says"),
        ("invoice.html", image(), "", "not what its name says"),
        ("picture.svg", image(), "", "not what its name says"),
        ("receipt.png", image(), "text/html", "not what its name says"),
        ("receipt.png", bomb(), "image/png", "too many pixels"),
        ("receipt.png", bomb(7000, 7000), "image/png", "too many pixels"),
        ("receipt.jpg", image("JPEG", (400, 300))[:-300], "image/jpeg", "broken"),
        ("receipt.png", image("PNG", (400, 300))[:-40], "image/png", "broken"),
        ("invoice.pdf", PDF[:-20], "application/pdf", "cut off"),
        ("invoice.pdf", b"", "application/pdf", "is empty"),
        ("archive.zip", b"PK\x03\x04" + bytes(200), "application/zip", "no file we keep"),
    ],
)
def test_what_is_no_paper_is_refused_by_its_name(name: str, content: bytes, declared: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words) as told:
        checked_paper(upload(name, content, declared))
    assert told.value.messages[0].startswith(f"{name}: ")


def test_more_than_ten_megabytes_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "MOST_BYTES", 10)
    with pytest.raises(ValidationError, match="larger than 10 MB"):
        checked_paper(upload("receipt.png", image()))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("C:\\papers\\bill.png", "bill.png"),
        ("bill\u202egnp.png", "billgnp.png"),
        ("bi\x00ll\x07.png", "bill.png"),
        ("", "Paper.png"),
        ("photo", "photo.png"),
        ("photo.jpg", "photo.png"),
        ("scan.2026", "scan.2026.png"),
        ("x" * 400 + ".png", "x" * 120 + ".png"),
        ("Beleg № 1 – Café.png", "Beleg № 1 – Café.png"),
    ],
)
def test_names_are_made_readable_and_true(name: str, kept: str) -> None:
    file = upload("receipt.png", image())
    file._name = name  # type: ignore[attr-defined]
    assert checked_paper(file).name == kept
