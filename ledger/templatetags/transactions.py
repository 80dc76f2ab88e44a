"""Ways from a figure to the transactions that make it."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from ledger.calc.terms import Term

register = template.Library()


@register.simple_tag
def transactions_of(name: str, value: str) -> str:
    """The address of the list that asks for this alone: {% transactions_of "payee" payee.name as url %}."""
    return f"{reverse('transaction_list')}?{urlencode({'q': str(Term(name, value))})}"
