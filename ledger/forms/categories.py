"""Forms of categories."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ledger import queries
from ledger.calc import CATEGORY_ICONS, HUES
from ledger.forms.choices import CategoryField
from ledger.forms.fields import NameField
from ledger.models import Category
from ledger.queries.categories import Holdings, category_groups, offered_categories


class CategoryForm(forms.Form):
    """What a person says about a category."""

    name = NameField(label=gettext_lazy("Name"))
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=Category.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=gettext_lazy("None, it is a group itself"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Category.Kind.choices,
        help_text=gettext_lazy("Within a group, the group decides."),
    )
    hue = forms.TypedChoiceField(label=gettext_lazy("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect)
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), choices=CATEGORY_ICONS, widget=forms.RadioSelect)
    tax_relevant = forms.BooleanField(
        label=gettext_lazy("Matters for taxes"),
        required=False,
        help_text=gettext_lazy("The tax report lists what is filed here; of a group, all that stands in it."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(category, name) for name in self.base_fields} if category else {}
        kwargs["initial"] = {"hue": 1, "icon": "tag", "kind": "expense", **kwargs.get("initial", {}), **initial}
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = queries.groups().filter(Q(archived_at=None) | Q(pk=category and category.parent_id))
        if category:
            parent.queryset = parent.queryset.exclude(pk=category.pk)

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class TargetField(CategoryField):
    """The category that takes over what another one holds; a group with categories in it goes into a group."""

    def offer_others(self, category: Category, holdings: Holdings) -> None:
        rows = offered_categories().exclude(pk=category.pk).exclude(parent=category)
        if not holdings.inside:
            self.offer_groups(category_groups(rows))
        else:
            self.offer(group.category for group in category_groups(rows.filter(parent=None)))


class MergeForm(forms.Form):
    """Into which other category one goes."""

    into = TargetField(label=gettext_lazy("Into"), empty_label=gettext_lazy("Choose a category"))

    def __init__(self, *args: Any, category: Category, holdings: Holdings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, TargetField)
        into.offer_others(category, holdings)


class EndForm(forms.Form):
    """Where goes what a category holds that is deleted; one that holds nothing asks nothing."""

    move_to = TargetField(label=gettext_lazy("What is in it goes to"), empty_label=gettext_lazy("Choose where it goes"))

    def __init__(self, *args: Any, category: Category, holdings: Holdings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if holdings.is_empty:
            del self.fields["move_to"]
            return
        field = self.fields["move_to"]
        assert isinstance(field, TargetField)
        field.offer_others(category, holdings)
        away = gettext_lazy("No category, delete those in it too") if holdings.inside else gettext_lazy("No category")
        shown: Any = field.choices
        first, *others = shown
        field.choices = [first, ("none", away), *others]

    def values(self) -> dict[str, Any]:
        return {"move_to": self.cleaned_data.get("move_to")}
