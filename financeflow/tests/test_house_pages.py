"""The house checks its pages: sizes, nothing inline, colours from the tokens, nothing that leads nowhere."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from django.template.loader import get_template

from financeflow.tests.house import doors, nothing_wrong, pages
from financeflow.tests.house.places import (
    STATIC,
    TEMPLATES,
    name_of,
    python_files,
    seen_by_browsers,
    static_files,
    templates,
)

TOKENS = {"static/css/tokens.css"}


def test_every_template_can_be_read() -> None:
    for path in templates():
        assert get_template(path.relative_to(TEMPLATES).as_posix())


def test_every_template_keeps_the_rules() -> None:
    nothing_wrong(complaint for path in seen_by_browsers() for complaint in pages.template_complaints(path))


def test_every_script_keeps_the_rules() -> None:
    nothing_wrong(complaint for path in static_files(".js") for complaint in pages.script_complaints(path))


def test_colours_come_from_the_tokens() -> None:
    sheets = [path for path in static_files(".css") if name_of(path) not in TOKENS]
    nothing_wrong(complaint for path in sheets for complaint in pages.colour_complaints(path))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<p>x</p>\n" * 121, "has 121 lines"),
        ('<p style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ("<script>x()</script>", "inline script"),
        ('<script nonce="1">x()</script>', "inline script"),
        ('<p hx-on:click="x()">', "hx-on"),
        ('<p onclick="x()">', "event attribute"),
        ('<a href="javascript:x()">', "javascript: address"),
        ("<p hx-vals='js:{a: 1}'>", "js: value"),
        ('<p hx-trigger="click[ctrlKey]">', "trigger filter"),
        ('<path fill="#123456">', "raw colour"),
    ],
)
def test_a_template_that_breaks_a_rule_is_found(tmp_path: Path, text: str, complaint: str) -> None:
    planted = tmp_path / "planted.html"
    planted.write_text(text)
    assert any(complaint in found for found in pages.template_complaints(planted))


@pytest.mark.parametrize(
    "text",
    [
        '<script src="x.js" defer></script><script type="application/json">{}</script>',
        '<p data-style="x" class="on">{# style="x" #}<a href="#add">x</a>',
        '<p hx-trigger="live:ledger.changed from:body">',
    ],
)
def test_a_template_that_keeps_the_rules_is_let_be(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "planted.html"
    planted.write_text(text)
    nothing_wrong(pages.template_complaints(planted))


@pytest.mark.parametrize("value", ["#fff", "#12345678", "rgb(1 2 3)", "oklch(50% 0.1 200)", "1px solid hsl(1 2% 3%)"])
def test_a_raw_colour_is_found(tmp_path: Path, value: str) -> None:
    planted = tmp_path / "planted.css"
    planted.write_text(f"#add:hover {{ background: var(--line); border: {value}; }}")
    assert len(pages.colour_complaints(planted)) == 1


@pytest.mark.parametrize("value", ["var(--line)", "color-mix(in oklch, var(--a) 50%, transparent)", "url(x.svg#abc)"])
def test_a_colour_from_the_tokens_is_let_be(tmp_path: Path, value: str) -> None:
    planted = tmp_path / "planted.css"
    planted.write_text(f"#add, #fade {{ background: {value}; }}")
    nothing_wrong(pages.colour_complaints(planted))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("x = 1;\n" * 101, "101 lines"), ("x = '#a1b2c3'", "raw colour"), ("eval(x)", "out of text")],
)
def test_a_script_that_breaks_a_rule_is_found(tmp_path: Path, text: str, complaint: str) -> None:
    planted = tmp_path / "planted.js"
    planted.write_text(text)
    assert any(complaint in found for found in pages.script_complaints(planted))


def test_every_address_that_a_template_names_is_there() -> None:
    known = {name for _route, name, _view in doors.routes()}
    named = pages.mentions(pages.URL_TAG, templates())
    nothing_wrong(f"{name_of(path)}: there is no address {name}" for path, name in named if name not in known)


def test_every_file_that_is_asked_for_is_there() -> None:
    nothing_wrong(pages.missing_static())


def icons_in_code() -> list[tuple[Path, str]]:
    """The icons that navigation names, as its third word."""
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NavigationItem" and len(node.args) > 2:
                icon = node.args[2]
                found += [(path, str(icon.value))] if isinstance(icon, ast.Constant) else []
    return found


def test_every_icon_is_in_the_sprite() -> None:
    assert icons_in_code()
    nothing_wrong(pages.missing_icons(icons_in_code()))


def test_an_icon_that_is_not_in_the_sprite_is_found() -> None:
    assert pages.missing_icons([(Path("x.html"), "no-such-icon")]) == ["x.html: there is no icon no-such-icon"]


def test_every_word_on_a_page_can_be_translated() -> None:
    shown = [path for path in templates() if path.suffix == ".html"]
    nothing_wrong(complaint for path in shown for complaint in pages.untranslated(path))


@pytest.mark.parametrize("text", ["<p>Hello</p>", "<p>{{ name }} spent</p>", "{% if x %}Words{% endif %}"])
def test_words_that_cannot_be_translated_are_found(tmp_path: Path, text: str) -> None:
    planted = tmp_path / "planted.html"
    planted.write_text(text)
    assert len(pages.untranslated(planted)) == 1


def test_vendored_files_are_as_the_lock_says() -> None:
    nothing_wrong(pages.vendor_complaints())


def test_a_vendored_file_that_was_changed_is_found(tmp_path: Path) -> None:
    lock = json.loads((STATIC / "vendor" / "lock.json").read_text())
    name = next(iter(lock["packages"][0]["files"]))
    lock["packages"][0]["files"][name] = "0" * 64
    planted = tmp_path / "lock.json"
    planted.write_text(json.dumps(lock))
    assert f"{name} is not as it came" in pages.vendor_complaints(planted)
