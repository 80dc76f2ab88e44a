"""What Python raises for an archive that is damaged, cut off, locked, or packed in a way it does not know."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

# One list for all who open archives: which of these comes depends on the byte that is wrong. NotImplementedError is
# how zipfile says that it does not know the packing, RuntimeError that a password is needed.
BROKEN_ARCHIVE: Final = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(RuntimeError, NotImplementedError, ValueError, KeyError),
)
