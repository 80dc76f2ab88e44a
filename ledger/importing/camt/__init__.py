"""CAMT: the statements, reports and notifications of ISO 20022 in XML, all versions of camt.053, .052 and .054."""

from ledger.importing.camt.reading import FORMAT

__all__ = ["FORMAT"]
