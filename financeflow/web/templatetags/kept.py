"""Pieces of pages that look the same until what they hang on changes: drawn once by each process."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
# Stands in what is kept where a form has its token, which is another one in each answer.
STAND_IN: Final = "⟦token⟧"
_STAND_INS = re.compile(r"⟦([a-z_]+)⟧")


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name value … filling words=value … %} … {% endkept %}`: kept for each language and these values.

    What is `filling` it differs in each answer: inside it may be written, as it stands, and nothing else.
    """
    _tag, name, *values = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    at = values.index("filling") if "filling" in values else len(values)
    filling = token_kwargs(values[at + 1 :], parser)
    return KeptNode(name, [parser.compile_filter(value) for value in values[:at]], filling, inside)


class KeptNode(template.Node):
    def __init__(
        self, name: str, values: list[FilterExpression], filling: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name, self.values, self.filling, self.nodelist = name, values, filling, nodelist

    def render(self, context: Context) -> SafeString:
        hangs_on = [get_language(), *(value.resolve(context) for value in self.values)]
        key = make_template_fragment_key(self.name, hangs_on)
        text: str | None = caches["fragments"].get(key)
        if text is None:
            stand_ins = {name: mark_safe(f"⟦{name}⟧") for name in self.filling}  # noqa: S308 - a name of our own
            with context.push(csrf_token=STAND_IN, **stand_ins):
                text = str(self.nodelist.render(context))
            caches["fragments"].set(key, text, None)
        if "⟦" in text:
            text = _STAND_INS.sub(lambda found: self._filled(found[1], found[0], context), text)
        return mark_safe(text)  # noqa: S308 - drawn by a template, what fills it is escaped

    def _filled(self, name: str, stand_in: str, context: Context) -> str:
        if name in self.filling:
            return str(conditional_escape(self.filling[name].resolve(context)))
        return str(context.get("csrf_token", "")) if stand_in == STAND_IN else stand_in
