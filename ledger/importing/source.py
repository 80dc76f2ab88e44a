"""The file as it came: its name and its bytes, looked at by formats to tell whether they know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

HEAD = 64 * 1024


@dataclass(frozen=True)
class Source:
    """One file in memory; what came in an archive is opened by ledger.importing.archives first."""

    name: str
    content: bytes = field(repr=False)

    @cached_property
    def head(self) -> bytes:
        """Enough of the beginning to tell what it is."""
        return self.content[:HEAD]

    @cached_property
    def ending(self) -> str:
        """Of its name, in lower case: “.csv”. A hint, and never believed alone."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def head_text(self) -> str:
        """The beginning as text for a look at it: a wrong guess of the encoding only garbles letters beyond ASCII."""
        head = self.head
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
