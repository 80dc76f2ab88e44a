"""Which letters the bytes of a table are: byte order marks, UTF-8, UTF-16, then the old code pages told apart."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ledger.importing.csv.headings import is_exact

# How they are called in a mapping, and what a person reads.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16 (BOM)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32 (BOM)",
    "cp1252": "Windows 1252 (Western)",
    "iso-8859-1": "Latin-1",
    "iso-8859-15": "Latin-9",
    "cp1250": "Windows 1250 (Central Europe)",
    "iso-8859-2": "Latin-2",
    "cp1255": "Windows 1255 (Hebrew)",
    "cp1254": "Windows 1254 (Turkish)",
    "cp1253": "Windows 1253 (Greek)",
    "cp1251": "Windows 1251 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
    "cp862": "DOS 862 (Hebrew)",
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters beyond ASCII that text in each of them is made of; what is not among them speaks against it.
_WEST = "äöüßéèêëàâîïôûùçñóíáúýòìåøæœãõÄÖÜÉÈÊËÀÂÎÏÔÛÙÇÑÓÍÁÚÝÒÌÅØÆŒÃÕðþÐÞÿŸ"
_LETTERS = {
    "cp1252": _WEST + "šžŠŽ",
    "iso-8859-15": _WEST + "šžŠŽ",
    "iso-8859-1": _WEST,
    "mac_roman": _WEST,
    "cp850": _WEST,
    "cp1250": "äöüßéáíóúýâîçąćęłńśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰÁÉÍÚÝÖÜÄăşţĂŞŢĺľŕĹĽŔôÔđĐ",
    "iso-8859-2": "äöüßéáíóúýâîçąćęłńśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰÁÉÍÚÝÖÜÄăşţĂŞŢĺľŕĹĽŔôÔđĐ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîûÂÎÛ",
    "cp1255": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp862": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏϊϋΐΰ",
    "cp1251": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯіїєґІЇЄҐ",
}
_SIGNS = "€£§°–—’‘“”„«»…·²³½®©™ªº¡¿\N{NO-BREAK SPACE}₪´•"
_SCRIPTS = ("cp1255", "cp862", "cp1253", "cp1251")
_LOCALES = {
    "cp1250": ("pl", "cs", "sk", "hu", "hr", "sl", "ro"),
    "cp1255": ("he", "iw"),
    "cp1254": ("tr", "az"),
    "cp1253": ("el",),
    "cp1251": ("ru", "uk", "bg", "sr"),
    "cp932": ("ja",),
    "gb18030": ("zh",),
}
_SPELLED = re.compile(rb"[A-Za-z\x80-\xff'.]*[\x80-\xff][A-Za-z\x80-\xff'.]*")
_MANY = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CELL = re.compile(r"[\t\r\n;,|\"]+")
_HEAD = 8192
_WORDS = 3000
STRAY = "strayletter"


def _stray(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 in a file that is: most likely a piece pasted from an older program."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace"), error.start + 1


codecs.register_error(STRAY, _stray)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The name, and how to go on where a byte does not fit; `stray` is where that first happens."""

    name: str
    errors: str = "replace"
    stray: int | None = None


def encoding_of(content: bytes, locale: str = "en") -> Encoding:
    """The likeliest; the locale decides only between readings that are equally sensible."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _with_strays(content, name)
    wide = _without_mark(content[:4096])
    if wide:
        return Encoding(wide)
    try:
        content.decode("utf-8")
        return Encoding("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(content):
            return Encoding("utf-8", STRAY, error.start)
    return Encoding(_code_page(content, locale))


def _with_strays(content: bytes, name: str) -> Encoding:
    if name != "utf-8-sig":
        return Encoding(name)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Encoding(name, STRAY, error.start)
    return Encoding(name)


def _without_mark(head: bytes) -> str:
    """UTF-16 that does not say so: every other byte of western text is empty."""
    even, odd, half = head[::2].count(0), head[1::2].count(0), max(len(head) // 2, 1)
    if 5 * odd > 2 * half and 10 * even < half:
        return "utf-16-le"
    if 5 * even > 2 * half and 10 * odd < half:
        return "utf-16-be"
    return ""


def _mostly_utf8(content: bytes) -> bool:
    """A file in UTF-8 with a few strange bytes, or one that was cut off inside a letter."""
    whole = sum(len(match[0]) for match in _MANY.finditer(content))
    beyond = len(content) - len(content.translate(None, bytes(range(128, 256))))
    stray = beyond - whole
    return whole >= 4 * stray or (stray <= 3 and whole > 0 and len(content.rstrip()) - _last_beyond(content) <= 3)


def _last_beyond(content: bytes) -> int:
    tail = content[-8:]
    places = [place for place, byte in enumerate(tail) if byte > 127]
    return len(content) - len(tail) + places[-1] if places else 0


def _code_page(content: bytes, locale: str) -> str:
    words = _words(content)
    language = locale[:2].casefold()
    home = next((name for name, languages in _LOCALES.items() if language in languages), "cp1252")
    names = sorted(["cp1252", *_LETTERS, "cp932", "gb18030"], key=lambda name: name != home)
    head = content[:_HEAD]
    return max(dict.fromkeys(names), key=lambda name: _sense(words, name) + 8 * _headings(head, name))


def _headings(head: bytes, name: str) -> int:
    """Known headings with letters beyond ASCII: with the wrong letters they are none."""
    texts = {text for text in _CELL.split(head.decode(name, "replace")) if 2 < len(text) < 60 and not text.isascii()}
    return sum(1 for text in texts if is_exact(text))


def _words(content: bytes) -> list[bytes]:
    found: dict[bytes, None] = {}
    for match in _SPELLED.finditer(content):
        found[match[0]] = None
        if len(found) >= _WORDS:
            break
    return list(found)


def _sense(words: list[bytes], name: str) -> int:
    if name not in _LETTERS:
        return sum(_eastern(word, name) for word in words)
    letters = frozenset(_LETTERS[name])
    return sum(_western(word, name, letters) for word in words)


def _western(word: bytes, name: str, letters: frozenset[str]) -> int:
    text = word.decode(name, "replace")
    return sum(_fits(text, place, letters, name) for place, char in enumerate(text) if char >= "\x80")


def _fits(text: str, place: int, letters: frozenset[str], name: str) -> int:
    """Whether a letter is at home where it stands: accents are scattered in a word, other scripts fill it."""
    char, before, after = text[place], text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    if char in _SIGNS:
        inside = before.isalpha() and (after.isalpha() or char in "¿¡“„«‘")
        return 1 - 3 * (inside and char not in "’´·–")
    if char not in letters:
        return -4
    if text.strip("'.") == char:
        # Alone it may be a currency's sign before figures: in Polish letters the pound is an Ł, in those of DOS a ú.
        return 0
    if name in _SCRIPTS:
        return 2 - 4 * (before.isascii() and before.isalpha()) - 4 * (after.isascii() and after.isalpha())
    return 2 - 3 * (char.isupper() and before.islower()) - 3 * (before >= "\x80" and before.isalpha())


def _eastern(word: bytes, name: str) -> int:
    """Two bytes make one sign there: words of one script, and nothing rare."""
    try:
        text = word.decode(name)
    except UnicodeDecodeError:
        return -4 * len(word)
    score = -6 * len(re.findall(r"[A-Za-z][\u4e00-\u9fa5](?![\u3040-\u9fa5])|[\u4e00-\u9fa5][A-Za-z]", text))
    for char in text:
        if "\u3040" <= char <= "\u30ff":
            score += 6 if name == "cp932" else -2
        elif "\u4e00" <= char <= "\u9fa5":
            score += 3
        elif char >= "\x80":
            score -= 0 if char in "　、。年月日円元（）：－" else 5
    return score
