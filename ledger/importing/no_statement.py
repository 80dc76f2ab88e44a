"""What people hand in and is no statement: each kind with one sentence that says what it is, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.importing.source import Source

Sentence = str | object
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|script|table|div)\b", re.I | re.S
)
_JSON_BEGINS = re.compile(r"[{\[]\s*(?:[\"{\[\]}]|-?\d+\s*[,\]])")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26})

_PDF = _("This is a PDF, made for printing. Download the same statement from your bank as CSV, OFX, CAMT or MT940.")
_PICTURE = _("This is a picture. Attach it to a transaction; a statement comes from your bank as CSV, OFX or CAMT.")
_PACKED = _("This is an archive of a kind that is not opened here. Unpack it and hand in the statement that is in it.")
_OLD_EXCEL = _("This is an old workbook (.xls). Open it in a spreadsheet program and save it as .xlsx or CSV.")
_LOCKED_EXCEL = _("This workbook is protected by a password. Open it, save it without a password, and hand that in.")
_OLD_OFFICE = _("This is a document of an office program. Hand in the statement as CSV, .xlsx, OFX, CAMT or MT940.")
_WORD = _("This is a text document. Download the statement from your bank as CSV, OFX, CAMT or MT940.")
_ODS = _("This is an OpenDocument spreadsheet. Open it in a spreadsheet program and save it as .xlsx or CSV.")
_PROGRAM = _("This is a program and no statement. It was not run; do not open it unless you know where it is from.")
_DATABASE = _("This is a database and no statement. Use the export of the program that it belongs to.")
_LOGIN = _("This is a web page, probably the sign-in page of your bank. Sign in there and download the statement anew.")
_WEB_TABLE = _("This is a web page with a table. Open it in a spreadsheet program and save it as .xlsx or CSV.")
_XML_BOOK = _("This is a workbook written as XML. Open it in a spreadsheet program and save it as .xlsx or CSV.")
_ORDER = _("This is a payment order and no statement. Download a statement (camt.053) from your bank.")
_XML = _("This is XML, but no statement that is known here. Download the statement as CSV, OFX or CAMT (camt.053).")
_JSON = _("This is JSON, but no export that is known here. Download the statement as CSV, OFX, CAMT or MT940.")
_BINARY = _("This is no text and no kind of file known here. Download the statement as CSV, OFX, CAMT or MT940.")
UNKNOWN = _("No account statement was found in this file. Download one from your bank as CSV, OFX, QIF, CAMT or MT940.")
EMPTY = _("The file is empty. Download it anew, and look whether the bank offers a longer period.")
BLANK = _("There is nothing in the file but blanks. Download it anew.")

_FIRST_BYTES: tuple[tuple[bytes, Sentence], ...] = (
    (b"\x89PNG\r\n", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF87a", _PICTURE),
    (b"GIF89a", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"BZh91AY&SY", _PACKED),
    (b"\xfd7zXZ\0", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
    (b"{\\rtf", _WORD),
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"SQLite format 3\0", _DATABASE),
)
_INNER_NAMES: tuple[tuple[str, Sentence], ...] = (
    ("word/document.xml", _WORD),
    ("ppt/presentation.xml", _OLD_OFFICE),
    ("content.opf", _WORD),
    ("Index/Document.iwa", _OLD_OFFICE),
    ("META-INF/MANIFEST.MF", _PROGRAM),
    ("AndroidManifest.xml", _PROGRAM),
)


def too_large(most: int) -> str:
    """The sentence for a file of more bytes than that."""
    megabytes = most // 1024**2
    words = "The file is larger than %(count)s MB. Download a shorter period, or several files."
    return ngettext(words, words, megabytes) % {"count": megabytes}


def by_first_bytes(source: Source) -> str:
    """Why it can be no statement, whoever says to know it; empty where its first bytes allow one."""
    head = source.head
    for beginning, sentence in _FIRST_BYTES:
        if head.startswith(beginning):
            return str(sentence)
    return next((str(sentence) for looks, sentence in _LOOKS if looks(source)), "")


def _is_picture(source: Source) -> bool:
    head = source.head
    is_bitmap = head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    is_container = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return is_bitmap or is_container or head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}


def _is_svg(source: Source) -> bool:
    return "<svg" in source.head_text[:2000] and source.head_text.lstrip().startswith("<")


def _is_locked_excel(source: Source) -> bool:
    return source.head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in source.content[: 8 * 1024 * 1024]


def _is_old_excel(source: Source) -> bool:
    if not source.head.startswith(_OLE):
        return source.head.startswith((b"\x09\x08\x08\0", b"\x09\x08\x10\0", b"\x09\x04\x06\0"))
    return source.ending == ".xls" or "Workbook".encode("utf-16-le") in source.content[: 8 * 1024 * 1024]


def _is_web_page(source: Source) -> bool:
    return _WEB_PAGE.match(source.head_text) is not None


_LOOKS: tuple[tuple[Callable[[Source], bool], Sentence], ...] = (
    (lambda source: b"%PDF-" in source.head[:1024] and b"OFXHEADER" not in source.head[:1024], _PDF),
    (_is_picture, _PICTURE),
    (_is_svg, _PICTURE),
    (_is_locked_excel, _LOCKED_EXCEL),
    (_is_old_excel, _OLD_EXCEL),
    (lambda source: source.head.startswith(_OLE), _OLD_OFFICE),
    (lambda source: source.head.startswith(b"MZ") and b"\0" in source.head[:256], _PROGRAM),
    (lambda source: _is_web_page(source) and _has_table(source), _WEB_TABLE),
    (_is_web_page, _LOGIN),
)


def _has_table(source: Source) -> bool:
    """Whether there is a table of figures in the page: some banks call such a page .xls."""
    page = source.content[: 1024 * 1024].lower()
    return b"<table" in page and page.count(b"<tr") > 3 and b'type="password"' not in page


def by_inner_names(names: list[str], kind: bytes) -> str:
    """The same for an archive, by the names in it and the content of its entry “mimetype”."""
    if b"opendocument.spreadsheet" in kind:
        return str(_ODS)
    if b"opendocument" in kind or b"epub" in kind:
        return str(_WORD)
    return next((str(sentence) for name, sentence in _INNER_NAMES if name in names), "")


def by_its_text(source: Source) -> str:
    """Why it is no table either: markup, or no text at all. Asked where no format of its own was recognised."""
    text = source.head_text.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return str(_markup(text))
    if _JSON_BEGINS.match(text) and not _is_bracketed_table(text):
        return str(_JSON)
    return str(_BINARY) if is_binary(source.head) else ""


def _markup(text: str) -> Sentence:
    if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000]:
        return _XML_BOOK
    return _ORDER if re.search(r"xsd:pain\.0\d\d|CstmrCdtTrfInitn|CstmrDrctDbtInitn", text[:4000]) else _XML


def _is_bracketed_table(text: str) -> bool:
    """Such as a first line of “[1],[2],[3]”: brackets that are closed before the line ends."""
    first = text.splitlines()[0]
    return first.startswith("[") and first.count("[") == first.count("]") > 1 and not first.endswith("]]")


def is_binary(head: bytes) -> bool:
    """Whether more than one byte in twenty is one that no text has; UTF-16 is a text with half of it zeros."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(head):
        return False
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head)


def looks_like_utf16(head: bytes) -> bool:
    """Without a mark at its beginning: nearly every second byte is zero, and hardly any of the others."""
    even, odd = head[::2], head[1::2]
    zeros, others = sorted((even.count(0), odd.count(0)), reverse=True)
    return zeros * 10 > len(even) * 6 and others * 50 < len(even)
