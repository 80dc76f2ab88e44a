"""The form field for amounts."""

import pytest
from django import forms

from financeflow.money.forms import AmountField


class Form(forms.Form):
    amount = AmountField(currency="EUR", locale="de-DE", label="Amount")
    maybe = AmountField(currency="JPY", locale="de-DE", required=False)


@pytest.mark.parametrize(("typed", "minor"), [("1.234,56", 123456), ("16,99*2", 3398), ("-5", -500), ("0", 0)])
def test_the_field_gives_minor_units(typed: str, minor: int) -> None:
    form = Form({"amount": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"amount": minor, "maybe": None}


def test_what_was_typed_is_shown_again_beside_the_reason() -> None:
    form = Form({"amount": "12,345,6", "maybe": "1,5"})
    assert not form.is_valid()
    assert form.errors["maybe"] == ["JPY has no decimals."]
    assert 'value="12,345,6"' in str(form["amount"])


def test_an_amount_is_needed_where_it_is_required() -> None:
    form = Form({"amount": " "})
    assert form.errors["amount"] == ["This field is required."]


def test_a_kept_amount_is_shown_as_one_would_type_it() -> None:
    assert 'value="-1234,50"' in str(Form(initial={"amount": -123450})["amount"])
    assert 'value="1234"' in str(Form(initial={"maybe": 1234})["maybe"])


def test_an_amount_written_in_another_way_has_not_changed() -> None:
    assert not Form({"amount": "1.234,5"}, initial={"amount": 123450}).has_changed()
    assert Form({"amount": "1"}, initial={"amount": 123450}).has_changed()
    assert Form({"amount": "nonsense"}, initial={"amount": 123450}).has_changed()
