"""How a row of a file is shown: its verdict's look, what becomes of it, and what may be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _

from ledger.models import Import, ImportRow

register = template.Library()
Verdict, Deed, State = ImportRow.Verdict, ImportRow.Deed, Import.State
# How a verdict looks, in the order in which they are told: its tone and its icon.
LOOKS: dict[str, tuple[str, str]] = {
    Verdict.POSSIBLE: ("warn", "alert"),
    Verdict.NEW: ("good", "check"),
    Verdict.TRANSFER: ("plan", "swap"),
    Verdict.BILL: ("plan", "calendar"),
    Verdict.POSTED: ("plan", "clock"),
    Verdict.TYPED: ("plan", "pencil"),
    Verdict.HERE: ("", "skip"),
    Verdict.THROWN: ("", "trash"),
    Verdict.UNREAD: ("bad", "cross"),
}
# Where what becomes of a row goes without saying.
_USUAL = {
    (Verdict.NEW, Deed.ADD),
    (Verdict.TRANSFER, Deed.ADD),
    (Verdict.BILL, Deed.ADD),
    (Verdict.HERE, Deed.LEAVE),
    (Verdict.THROWN, Deed.LEAVE),
    (Verdict.UNREAD, Deed.LEAVE),
}


@dataclass(frozen=True)
class Fate:
    """What becomes of one row, or became of it."""

    tone: str
    icon: str
    words: Any
    is_out: bool
    buttons: tuple[tuple[str, Any], ...]
    came: UUID | None = None


@register.simple_tag(takes_context=True)
def is_editor_of(context: Context, upload: Import) -> bool:
    """Whether who looks may still say what becomes of its rows."""
    is_open = upload.state in (State.READY, State.DONE) and not upload.is_busy
    return is_open and context["request"].membership.role != "viewer"


@register.simple_tag(takes_context=True)
def becomes(context: Context, row: ImportRow) -> Fate:
    tone, icon = LOOKS[row.verdict]
    came: UUID | None = getattr(row, "came", None)
    if came is not None:
        return Fate(tone, icon, _("in your books"), False, (), came)
    if row.sheet.is_left_out:
        return Fate(tone, icon, _("left out with its account"), True, ())
    is_done = context["upload"].state == State.DONE
    is_out = row.deed == Deed.LEAVE or (is_done and row.deed == Deed.ASK)
    return Fate(tone, icon, _words(row, is_done=is_done), is_out, _buttons(row))


def _words(row: ImportRow, *, is_done: bool) -> Any:
    if row.is_decided:
        chosen = {Deed.ADD: _("you: bring in"), Deed.MERGE: _("you: the same"), Deed.LEAVE: _("you: leave out")}
        return chosen.get(Deed(row.deed), "")
    if row.deed == Deed.ASK:
        return _("stayed out") if is_done else ""
    if (row.verdict, row.deed) in _USUAL:
        return ""
    return {Deed.ADD: _("to come in"), Deed.MERGE: _("completes it"), Deed.LEAVE: _("stays out")}[Deed(row.deed)]


def _buttons(row: ImportRow) -> tuple[tuple[str, Any], ...]:
    """What else could be said of it: all answers to what is asked, and the other way for what is plain."""
    if row.verdict == Verdict.UNREAD:
        return ()
    if row.is_decided:
        return (("undecide", _("Take it back")),)
    same = ((Deed.MERGE.value, _("It is the same")),) if row.match_id is not None else ()
    add, leave = (Deed.ADD.value, _("Bring it in")), (Deed.LEAVE.value, _("Leave it out"))
    if row.deed == Deed.ASK:
        return (*same, add, leave)
    if row.deed == Deed.LEAVE:
        return (add,)
    return (add, leave) if row.deed == Deed.MERGE else ()


@register.simple_tag
def raw_of(row: ImportRow) -> str:
    """What the file says about it besides its name."""
    shown = row.payee_name or row.description or row.reference
    words = [row.payee if row.payee_name and row.payee != row.payee_name else "", row.description, row.reference]
    return " · ".join(dict.fromkeys(word for word in words if word and word != shown))
