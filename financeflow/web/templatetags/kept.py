"""Pieces of pages that look the same until what they hang on changes: drawn once by each process."""

from __future__ import annotations

from typing import Final

from django import template
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
# Stands in what is kept where a form has its token, which is another one in each answer.
STAND_IN: Final = "⟦token⟧"


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name value … %} … {% endkept %}`: kept for each language and these values."""
    _tag, name, *values = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(name, [parser.compile_filter(value) for value in values], inside)


class KeptNode(template.Node):
    def __init__(self, name: str, values: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: Context) -> SafeString:
        hangs_on = [get_language(), *(value.resolve(context) for value in self.values)]
        key = make_template_fragment_key(self.name, hangs_on)
        text: str | None = caches["fragments"].get(key)
        if text is None:
            with context.push(csrf_token=STAND_IN):
                text = str(self.nodelist.render(context))
            caches["fragments"].set(key, text, None)
        if STAND_IN in text:
            text = text.replace(STAND_IN, str(context.get("csrf_token", "")))
        return mark_safe(text)  # noqa: S308 - drawn by a template, and a token of our own
