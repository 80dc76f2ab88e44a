"""A field for tags as people type them: words apart by commas, with or without #."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.web.plain_text import validate_plain_text
from ledger.calc.texts import LONGEST_TAG, MOST_TAGS
from ledger.models.categories import validate_tag


class TagsField(forms.CharField):
    """Names of tags, in the order they were typed, each once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Words of your own, apart by commas."))
        super().__init__(max_length=MOST_TAGS * (LONGEST_TAG + 3), **kwargs)
        self.widget.attrs |= {"autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(each) for each in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(self.prepare_value(value))
        names = list(dict.fromkeys(name for each in text.split(",") if (name := each.strip().lstrip("#").strip())))
        if len(names) > MOST_TAGS:
            raise ValidationError(_("That is a lot of tags: write up to %(most)s.") % {"most": MOST_TAGS})
        for name in names:
            if len(name) > LONGEST_TAG:
                raise ValidationError(_("A tag is up to %(most)s characters long.") % {"most": LONGEST_TAG})
            validate_plain_text(name)
            validate_tag(name)
        return names
