"""Every write to tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from financeflow.history.editing import claimed, locked
from financeflow.history.recording import Recording
from financeflow.history.refusal import Refused
from financeflow.households.models import Household, User
from ledger import queries
from ledger.actions.mentions import follow_in_rules
from ledger.actions.writing import accounts_of, writing
from ledger.calc.words import name_key
from ledger.models import Tag, Transaction, TransactionTag


class TagTaken(ValidationError):
    """There is a tag of this name already: perhaps the two are one."""

    def __init__(self, tag: Tag) -> None:
        super().__init__({"name": _("“%(name)s” is a tag already.") % {"name": tag}}, code="taken")
        self.tag = tag


def tags_named(record: Recording, household: Household, names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these names, by name; added where there is none."""
    wanted = {name: name_key(name) for name in dict.fromkeys(each.strip() for each in names) if name}
    known = queries.tags_by_key(wanted.values())
    for name, key in wanted.items():
        if key not in known:
            known[key] = Tag(household=household, name=name, key=key, hue=hue_of(key))
            record.add(known[key])
    return {name: known[key] for name, key in wanted.items()}


def hue_of(key: str) -> int:
    """A colour of its own for each word, the same wherever the word is added."""
    return sum(map(ord, key)) % 12 + 1


def set_tags(record: Recording, transaction: Transaction, tags: Iterable[Tag]) -> None:
    """Exactly these tags on the transaction."""
    wanted = {tag.pk: tag for tag in tags}
    here = {tagging.tag_id: tagging for tagging in TransactionTag.objects.filter(transaction=transaction)}
    for key in here.keys() - wanted.keys():
        record.remove(here[key])
    for key in wanted.keys() - here.keys():
        record.add(TransactionTag(household=transaction.household, transaction=transaction, tag=wanted[key]))


def set_tags_named(record: Recording, transaction: Transaction, tags: Iterable[Tag | str]) -> None:
    """Exactly these tags on the transaction, some of them by name."""
    said = [tag for tag in tags if tag]
    named = tags_named(record, transaction.household, [tag for tag in said if isinstance(tag, str)])
    set_tags(record, transaction, [named[tag.strip()] if isinstance(tag, str) else tag for tag in said])


def add_tag(*, household: Household, by: User | None, name: str, hue: int | None = None, **values: Any) -> Tag:
    """A new tag; TagTaken where there is one of this name."""
    tag = Tag(household=household, name=name.strip(), hue=hue or hue_of(name_key(name)), **values)
    summary = _("Added the tag “%(name)s”") % {"name": tag}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "tag.added", "summary": summary}
    with writing(**frame, settles=False) as (record, _books):
        _check_free(tag, name)
        record.add(tag)
    return tag


def change_tag(*, tag: Tag, by: User | None, edit_version: int, **values: Any) -> Tag:
    """Another name, colour or mark, if it still is what the person saw."""
    summary = _("Changed the tag “%(name)s”") % {"name": tag}
    frame: dict[str, Any] = {"household": tag.household, "by": by, "verb": "tag.changed", "summary": summary}
    with writing(**frame, accounts=accounts_of(_tagged([tag])), settles=False) as (record, _books):
        tag = claimed(tag, edit_version=edit_version)
        _check_free(tag, values.get("name", tag.name))
        record.change(tag, **values)
    return tag


def merge_tags(*, tags: Sequence[Tag], into: Tag, by: User | None) -> None:
    """Whatever has one of these tags has the other, once."""
    gone = [tag for tag in tags if tag.pk != into.pk]
    if not gone:
        raise Refused(_("Choose two tags at least."))
    words = {"names": ", ".join(f"“{tag}”" for tag in gone), "into": into}
    summary = _("Merged %(names)s into the tag “%(into)s”") % words
    frame: dict[str, Any] = {"household": into.household, "by": by, "verb": "tag.merged", "summary": summary}
    with writing(**frame, accounts=accounts_of(_tagged(gone)), settles=False) as (record, _books):
        into = _there(into)
        for tag in map(_there, gone):
            here = TransactionTag.objects.filter(tag=tag)
            has_both = TransactionTag.objects.filter(tag=into).values("transaction")
            record.remove_many(here.filter(transaction__in=has_both))
            record.change_many(here, tag=into)
            follow_in_rules(record, tag, into)
            record.change(tag, trashed_at=timezone.now())


def delete_tag(*, tag: Tag, by: User | None) -> None:
    """To the trash, for thirty days; it comes off all transactions, and undoing puts it on again."""
    summary = _("Deleted the tag “%(name)s”") % {"name": tag}
    frame: dict[str, Any] = {"household": tag.household, "by": by, "verb": "tag.deleted", "summary": summary}
    with writing(**frame, accounts=accounts_of(_tagged([tag])), settles=False) as (record, _books):
        tag = _there(tag)
        record.remove_many(TransactionTag.objects.filter(tag=tag))
        record.change(tag, trashed_at=timezone.now())


def _tagged(tags: Sequence[Tag]) -> QuerySet[Transaction]:
    return Transaction.objects.filter(pk__in=TransactionTag.objects.filter(tag__in=tags).values("transaction"))


def _check_free(tag: Tag, name: str) -> None:
    other = queries.tags_by_key([name_key(name)]).get(name_key(name))
    if other is not None and other.pk != tag.pk:
        raise TagTaken(other)


def _there(tag: Tag) -> Tag:
    tag = locked(tag)
    if tag.trashed_at:
        raise Refused(_("“%(name)s” is in the trash already.") % {"name": tag})
    return tag
