"""MT940 and MT942: the statements of SWIFT, in the dialects that banks made of them."""

from ledger.importing.mt940.reading import FORMAT

__all__ = ["FORMAT"]
