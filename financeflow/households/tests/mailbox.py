"""What a person reads in the last mail: the code to type in, the link to follow."""

from __future__ import annotations

import re

from django.core import mail


def code_in_mail() -> str:
    return _found(r"(?m)^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$")


def link_in_mail() -> str:
    return _found(r"http://testserver(/\S+)")


def _found(pattern: str) -> str:
    found = re.search(pattern, str(mail.outbox[-1].body))
    assert found
    return found[1]
