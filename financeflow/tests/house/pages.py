"""Rules for templates, styles and scripts: sizes, nothing inline, no raw colour, nothing that leads nowhere."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from financeflow.tests.house.places import ROOT, STATIC, name_of, static_files, templates

MOST_TEMPLATE_LINES = 120
MOST_SCRIPT_LINES = 100
INLINE = {
    r"\sstyle\s*=": "style attribute",
    r"<style": "style element",
    r"<script(?![^>]*(\ssrc=|application/json))": "inline script",
    r"\shx-on": "hx-on",
    r"\son[a-z]+\s*=": "event attribute",
    r"javascript:": "javascript: address",
    r"=\s*[\"']js:": "js: value",
    r"hx-trigger=[\"'][^\"']*\[": "trigger filter",
}
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(", re.IGNORECASE)
VALUE = re.compile(r":[^;{}]*[;}]")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
STATIC_TAG = re.compile(r"{%\s*static\s+[\"']([^\"']+)[\"']")
URL_TAG = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
ICON = re.compile(
    r"icon\.html[\"']\s+with\s+(?:\w+=\S+\s+)*name=[\"']([\w-]+)[\"']"
    r"|\bicon=[\"']([\w-]+)[\"']"
    r"|icons\.svg[^#]*#([\w-]++)(?!{)"
)
# Names that others gave (API, UTC) are the same in every language.
WORDS = re.compile(r"[^\W\d_]*[a-z][^\W\d_]+|[^\W\d_]+[a-z]")
NO_WORDS = re.compile(
    r"<(script|style|svg|code|kbd)\b.*?</\1>|{%\s*block\s+\w*(?:class|type|drawing)\s*%}.*?{%\s*endblock", re.DOTALL
)


def template_complaints(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = []
    if (lines := text.count("\n")) > MOST_TEMPLATE_LINES:
        found.append(f"has {lines} lines, not at most {MOST_TEMPLATE_LINES}")
    bare = COMMENT.sub("", text)
    found += [f"has a {what}" for pattern, what in INLINE.items() if re.search(pattern, bare, re.IGNORECASE)]
    if re.search(r"(fill|stroke|color|bgcolor)=[\"']#", bare):
        found.append("names a raw colour")
    return [f"{name_of(path)}: {complaint}" for complaint in found]


def script_complaints(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    found = []
    if (lines := text.count("\n")) > MOST_SCRIPT_LINES:
        found.append(f"has {lines} lines, not at most {MOST_SCRIPT_LINES}")
    if re.search(r"[\"'`]#(?:[0-9a-f]{6}|[0-9a-f]{3})[\"'`]|\b(?:rgba?|hsla?|oklch)\(\s*\d", text, re.IGNORECASE):
        found.append("names a raw colour")
    if re.search(r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write", text):
        found.append("makes code or markup out of text")
    return [f"{name_of(path)}: {complaint}" for complaint in found]


def colour_complaints(path: Path) -> list[str]:
    """Where a stylesheet other than the tokens names a colour."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    values = (match.group() for match in VALUE.finditer(re.sub(r"url\([^)]*\)", "", text)))
    return [f"{name_of(path)}: raw colour in “{value.strip()}”" for value in values if COLOUR.search(value)]


def untranslated(path: Path) -> list[str]:
    """Words between tags that no translator will see."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = re.sub(r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}", "", text, flags=re.DOTALL)
    text = NO_WORDS.sub("{%", text)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\x00", text, flags=re.DOTALL)
    text = re.sub(r"<[^<>]*>", "\x00", text.replace("FinanceFlow", ""))
    return [f"{name_of(path)}: “{piece.strip()}”" for piece in text.split("\x00") if WORDS.search(_plain(piece))]


def _plain(piece: str) -> str:
    return re.sub(r"&\w+;", "", piece)


def mentions(pattern: re.Pattern[str], paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """What a pattern names in these files; names put together by a template are left out."""
    for path in paths:
        for match in pattern.finditer(COMMENT.sub("", path.read_text(encoding="utf-8"))):
            name = next(group for group in match.groups() if group)
            if "{" not in name:
                yield path, name


def missing_static() -> list[str]:
    """What templates, styles and scripts ask for and nobody has."""
    named = [(path, STATIC / name) for path, name in mentions(STATIC_TAG, templates()) if not name.startswith("admin/")]
    for path in static_files(".css"):
        found = re.findall(r"url\([\"']?([^\"')#]+)", path.read_text(encoding="utf-8"))
        named += [(path, path.parent / name) for name in found if not name.startswith("data:")]
    for path in static_files(".js"):
        found = re.findall(r"(?:from|import)\s*\(?[\"'](\.[^\"']+)[\"']", path.read_text(encoding="utf-8"))
        named += [(path, path.parent / name) for name in found]
    return [f"{name_of(path)}: there is no {asked}" for path, asked in named if not asked.exists()]


def sprite() -> set[str]:
    return set(re.findall(r"\bid=\"([\w-]+)\"", (STATIC / "img" / "icons.svg").read_text(encoding="utf-8")))


def missing_icons(more: Iterable[tuple[Path, str]] = ()) -> list[str]:
    known = sprite()
    asked = [*mentions(ICON, templates()), *more]
    return [f"{name_of(path)}: there is no icon {name}" for path, name in asked if name not in known]


def vendor_complaints(lock: Path = STATIC / "vendor" / "lock.json") -> list[str]:
    """Vendored files that are not as the lock says, that are missing, or that nobody locked."""
    locked = {
        name: digest
        for package in json.loads(lock.read_text())["packages"]
        for name, digest in package["files"].items()
    }
    present = {name_of(path) for path in (STATIC / "vendor").glob("*/**/*") if path.is_file()}
    present |= {name for name in locked if (ROOT / name).is_file()}
    changed = [name for name in present & set(locked) if _digest(ROOT / name) != locked[name]]
    return [
        *(f"{name} is not in the lock" for name in sorted(present - set(locked))),
        *(f"{name} is missing" for name in sorted(set(locked) - present)),
        *(f"{name} is not as it came" for name in sorted(changed)),
    ]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
