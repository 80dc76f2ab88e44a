"""Every write of the import desk: files are received, read, judged, decided on, brought in and taken back."""

from ledger.actions.imports.bringing import Brought, bring_in, start_bringing
from ledger.actions.imports.receiving import read_again, receive_file, remove_import
from ledger.actions.imports.taking_back import start_taking_back, take_back, take_back_anyway

__all__ = [
    "Brought",
    "bring_in",
    "read_again",
    "receive_file",
    "remove_import",
    "start_bringing",
    "start_taking_back",
    "take_back",
    "take_back_anyway",
]
