"""What a rule looks for and does, kept as JSON: the history says it in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils.text import capfirst

from ledger.calc.rules import RuleProblems, read_conditions, read_deeds
from ledger.calc.rules.sentences import Names, condition_words, deed_words
from ledger.models.accounts import Account
from ledger.models.categories import Category, Tag

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ToldField(models.JSONField):
    """In the database it is JSON like any other."""

    read: Callable[[Any], Any]
    words: Callable[[Any, Names], str]

    def in_words(self, value: Any, locale: str) -> str:
        try:
            told = self.read(value)
        except RuleProblems:
            return ""
        names = _names_in(value)
        return capfirst("; ".join(self.words(each, names) for each in told))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class ConditionsField(ToldField):
    read = staticmethod(read_conditions)
    words = staticmethod(condition_words)


class DeedsField(ToldField):
    read = staticmethod(read_deeds)
    words = staticmethod(deed_words)


def _names_in(value: Any) -> Names:
    """What the rows that are mentioned are called."""
    uids = {text for text in _texts(value) if _UID.fullmatch(text)}
    models_named: tuple[Any, ...] = (Account, Category, Tag)
    rows = (model.objects.filter(uid__in=uids).values_list("uid", "name") for model in models_named)
    return {str(uid): name for some in rows for uid, name in some} if uids else {}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
