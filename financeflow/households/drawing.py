"""The dashboard as it is drawn: its parts as markup, kept for each member until the household next changes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from financeflow.events.remembering import recalled, remember
from financeflow.web.templatetags.kept import STAND_IN
from financeflow.web.widgets import Arrangement, Look, Widget, widgets_for

# What is looked at over and over is looked at soon again.
KEPT_SECONDS: Final = 3600


def arrangement_of(look: Look) -> Arrangement:
    return Arrangement.read(look.request.membership.dashboard)


def dashboard_markup(look: Look, *, whole: bool = False) -> SafeString:
    """Every part the member shows, in order; slow ones too where they are kept, or where the `whole` is asked for."""
    arrangement = arrangement_of(look)
    shown = arrangement.shown(widgets_for(look))
    quick = _kept(look, "drawn_dashboard", [each for each in shown if not each.is_slow])
    parts = {**quick, **{each.key: _slow(look, each, whole=whole) for each in shown if each.is_slow}}
    heads = [parts[each.key] for each in shown if each.is_head]
    sheets = [parts[each.key] for each in shown if not each.is_head]
    first = "" if arrangement.is_untouched else " sheets--arranged"
    return _with_token(look, f'{"".join(heads)}<div class="sheets{first}">{"".join(sheets)}</div>')


def widget_markup(look: Look, key: str) -> SafeString | None:
    """One part by itself; None where there is none of that name."""
    widget = next((each for each in widgets_for(look) if each.key == key), None)
    if widget is None:
        return None
    drawn = _slow(look, widget, whole=True) if widget.is_slow else _part(look, widget)
    return _with_token(look, drawn)


def waits_for(markup: str) -> bool:
    """Whether a part of it has still to be asked for."""
    return "data-waits" in markup


def _kept(look: Look, name: str, widgets: Sequence[Widget]) -> dict[str, str]:
    household, drawn = look.request.household, dict[str, str]()

    def build() -> bytes:
        drawn.update((each.key, _part(look, each)) for each in widgets)
        return zlib.compress(json.dumps(drawn).encode(), 1)

    packed = remember(
        name,
        household_id=household.pk,
        version=household.version,
        seconds=KEPT_SECONDS,
        build=build,
        **_apart(look, widgets),
    )
    # What was drawn just now need not be unpacked.
    return drawn or _unpacked(packed)


def _apart(look: Look, widgets: Sequence[Widget], *, at_once: bool = False) -> dict[str, Any]:
    """All that what is drawn of these parts hangs on, but for the books."""
    more = [each.hangs_on(at_once) for each in widgets if each.hangs_on]
    return {"parts": sorted(each.key for each in widgets), **({"more": more} if more else {}), **look.decides()}


def _unpacked(packed: bytes) -> dict[str, str]:
    parts: dict[str, str] = json.loads(zlib.decompress(packed))
    return parts


def _slow(look: Look, widget: Widget, *, whole: bool) -> str:
    """What is kept of a slow part; else a place for it, of which the page asks for the part itself."""
    if whole:
        return _kept(look, "drawn_widget", [widget])[widget.key]
    household = look.request.household
    packed = recalled(
        "drawn_widget", household_id=household.pk, version=household.version, **_apart(look, [widget], at_once=True)
    )
    return _place(look, widget) if packed is None else _unpacked(packed)[widget.key]


def _place(look: Look, widget: Widget) -> str:
    asks = f'data-waits hx-get="{escape(look.address(widget=widget.key))}" hx-trigger="load" hx-swap="outerHTML"'
    said = f'<span class="visually-hidden">{escape(_("Loading"))}</span>'
    return _wrapped(widget, f'<div class="sheet widget__waits"><span class="skeleton"></span>{said}</div>', asks)


def _part(look: Look, widget: Widget) -> str:
    """A part in its place; empty where it has nothing to show."""
    it = widget.build()
    if it is None:
        return ""
    # Without what stands around a page: a part shows nothing of that, and a dozen of them would each ask for it.
    context = {"it": it, "look": look, "widget": widget, "request": look.request, "csrf_token": STAND_IN}
    return _wrapped(widget, render_to_string(widget.template, context))


def _wrapped(widget: Widget, inside: str, asks: str = "") -> str:
    names = ["widget", *([f"span-{widget.span}"] if widget.span else []), *(["widget--folds"] if widget.folds else [])]
    fold = f'<details class="fold"><summary>{escape(str(widget.title))}</summary></details>' if widget.folds else ""
    mark = f"{zlib.crc32(inside.encode()):x}"
    return (
        f'<div class="{" ".join(names)}" id="widget-{widget.key}" data-widget="{widget.key}" data-as="{mark}" {asks}>'
        f"{fold}{inside}</div>\n"
    )


def _with_token(look: Look, markup: str) -> SafeString:
    if STAND_IN in markup:
        markup = markup.replace(STAND_IN, get_token(look.request))
    return mark_safe(markup)  # noqa: S308 - drawn by templates, and a token of our own
