"""A field for receipts and papers: several files at once, each looked into."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.papers import ACCEPTED, MOST_BYTES, MOST_PAPERS, Paper, checked_paper


class PapersInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Papers, ready to be kept; what is wrong with one is said by its name."""

    widget = PapersInput(attrs={"accept": ACCEPTED, "data-most": MOST_BYTES})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Images and PDF, up to 10 MB each."))
        super().__init__(**kwargs)

    def clean(self, value: Any, initial: Any = None) -> list[Paper]:
        uploads = [each for each in (value if isinstance(value, list) else [value]) if each]
        if not uploads and self.required:
            raise ValidationError(_("Choose a file."), code="required")
        if len(uploads) > MOST_PAPERS:
            raise ValidationError(_("A transaction holds up to %(most)s papers.") % {"most": MOST_PAPERS})
        wrong: list[ValidationError] = []
        papers = [paper for each in uploads if (paper := _checked(each, wrong))]
        if wrong:
            raise ValidationError(wrong)
        return papers


def _checked(upload: Any, wrong: list[ValidationError]) -> Paper | None:
    try:
        return checked_paper(upload)
    except ValidationError as error:
        wrong.append(error)
        return None


class PapersForm(forms.Form):
    """What is put with a transaction that is there."""

    papers = PapersField(label=gettext_lazy("Receipts and papers"))
